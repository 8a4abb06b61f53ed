package dev.maru.chat.message;

import dev.maru.chat.ChatFault;
import dev.maru.chat.PlainText;
import dev.maru.chat.room.RoomId;
import dev.maru.engine.fault.Refusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What makes a message fit to be stored, as far as it can be told without the database.
 *
 * <p>Immutable; safe for any thread.
 */
record TalkRules(int maxTextBytes) {

    private static final int MAX_CLIENT_ID_LENGTH = 64;
    private static final int MAX_BYTES_OF_A_CHAR = 3;

    /** The request as it is to be stored. Refuses what does not keep the rules. */
    TalkRequest check(TalkRequest request) {
        Author author = request.author();
        return new TalkRequest(
                RoomId.check(request.roomId()),
                new Author(author.id(), Author.checkName(author.name())),
                text(request.text()),
                clientMessageId(request.clientMessageId()),
                request.replyTo());
    }

    private String text(String raw) {
        if (raw.length() > maxTextBytes) {
            throw tooLong();
        }
        String text = PlainText.normalize(raw);
        if (PlainText.isBlank(text)) {
            throw new Refusal(ChatFault.EMPTY_TEXT, "A message needs a text.");
        }
        if (text.length() > maxTextBytes / MAX_BYTES_OF_A_CHAR
                && text.getBytes(StandardCharsets.UTF_8).length > maxTextBytes) {
            throw tooLong();
        }
        return text;
    }

    private Refusal tooLong() {
        return new Refusal(
                ChatFault.TEXT_TOO_LONG, "A text has at most " + maxTextBytes + " bytes of UTF-8 on this server.");
    }

    private static @Nullable String clientMessageId(@Nullable String id) {
        boolean good = id == null
                || (!id.isEmpty()
                        && id.length() <= MAX_CLIENT_ID_LENGTH
                        && id.chars().allMatch(c -> c >= 0x20 && c < 0x7f));
        if (!good) {
            throw new Refusal(
                    ChatFault.INVALID_CLIENT_MESSAGE_ID, "A clientMessageId is 1 to 64 printable ASCII characters.");
        }
        return id;
    }
}
