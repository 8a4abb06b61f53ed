package dev.maru.chat.message;

import dev.maru.chat.room.RoomId;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON of messages and events, in UTF-8, with the keys in a fixed order.
 *
 * <p>Safe for any thread.
 */
public final class MessageJson {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int SIZE_WITHOUT_TEXT = 320;

    private MessageJson() {}

    /** A message as HTTP and the event stream show it: {@code roomId} is always there. */
    public static byte[] full(ChatMessage message) {
        return render(message.text(), json -> write(json, message, true));
    }

    /** A message as its classic stream shows it: without {@code roomId} in the lobby. */
    public static byte[] classic(ChatMessage message) {
        return render(
                message.text(), json -> write(json, message, !message.roomId().equals(RoomId.LOBBY)));
    }

    /** Writes what {@link #full} gives as the next value of a larger document. */
    public static void writeFull(JsonGenerator json, ChatMessage message) {
        write(json, message, true);
    }

    /** A time as all our JSON has it: ISO-8601, UTC, to the millisecond. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    static byte[] event(RoomEvent event) {
        ChatMessage message = event.message();
        return render(message == null ? "" : message.text(), json -> {
            json.writeStartObject();
            json.writeNumberProperty("seq", event.seq());
            json.writeStringProperty("kind", event.kind());
            json.writeStringProperty("actor", event.actor());
            json.writeStringProperty("at", time(event.at()));
            if (message != null) {
                json.writeName("message");
                write(json, message, true);
            }
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, ChatMessage message, boolean withRoom) {
        json.writeStartObject();
        if (withRoom) {
            json.writeStringProperty("roomId", message.roomId());
        }
        json.writeStringProperty("type", RoomEvent.TALK);
        json.writeStringProperty("sender", message.author().name());
        json.writeStringProperty("message", message.text());
        json.writeStringProperty("id", message.id().toString());
        json.writeNumberProperty("offset", message.offset());
        json.writeStringProperty("sentAt", time(message.sentAt()));
        writeIfPresent(json, "clientMessageId", message.clientMessageId());
        json.writeEndObject();
    }

    private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static byte[] render(String text, Document document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(SIZE_WITHOUT_TEXT + text.length());
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            document.write(json);
        }
        return bytes.toByteArray();
    }

    private interface Document {
        void write(JsonGenerator json);
    }
}
