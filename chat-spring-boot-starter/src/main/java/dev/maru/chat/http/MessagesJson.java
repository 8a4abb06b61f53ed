package dev.maru.chat.http;

import dev.maru.chat.message.ChatMessage;
import dev.maru.chat.message.MessageJson;
import dev.maru.chat.message.MessagePage;
import dev.maru.chat.search.SearchResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The JSON of several messages, made of the bytes that {@link MessageJson} makes for each.
 *
 * <p>Stateless; safe for any thread.
 */
final class MessagesJson {

    private MessagesJson() {}

    static byte[] page(MessagePage page) {
        String more = "{\"before\":" + page.moreBefore() + ",\"after\":" + page.moreAfter() + "}";
        return with(page.messages(), more + ",\"oldest\":" + page.oldest());
    }

    static byte[] result(SearchResult result) {
        Instant before = result.archivedBefore();
        String archived = before == null ? "null" : '"' + MessageJson.time(before) + '"';
        return with(result.messages(), result.more() + ",\"archivedBefore\":" + archived);
    }

    private static byte[] with(List<ChatMessage> messages, String more) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.writeBytes(ascii("{\"messages\":["));
        for (int i = 0; i < messages.size(); i++) {
            json.writeBytes(ascii(i == 0 ? "" : ","));
            json.writeBytes(MessageJson.full(messages.get(i)));
        }
        json.writeBytes(ascii("],\"more\":" + more + "}"));
        return json.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
