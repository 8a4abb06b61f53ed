package dev.maru.chat.archive;

import dev.maru.chat.message.MessageJson;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A message with everything that the database has of it, as one line of JSON. Immutable; safe for any thread.
 *
 * @param rowNo its row
 * @param offset its place in its room
 * @param id its id
 * @param sentAt when it was stored
 * @param json UTF-8, with the line's end
 */
record MessageLine(long rowNo, long offset, String id, Instant sentAt, byte[] json) {

    /** What {@link #read} reads. */
    static final String COLUMNS = "row_no, room, \"offset\", id, author_name, author_id, text, sent_at,"
            + " client_message_id, reply_to, version, edited_at, deleted_at, attributes";

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    /** Of a row that begins with {@link #COLUMNS}. */
    static MessageLine read(ResultSet row) throws SQLException {
        return new MessageLine(
                row.getLong("row_no"),
                row.getLong("offset"),
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("sent_at")),
                json(row));
    }

    private static byte[] json(ResultSet row) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("roomId", row.getString("room"));
            json.writeNumberProperty("offset", row.getLong("offset"));
            json.writeStringProperty("id", row.getString("id"));
            json.writeStringProperty("type", "TALK");
            json.writeStringProperty("sender", row.getString("author_name"));
            json.writeStringProperty("authorId", row.getString("author_id"));
            json.writeStringProperty("message", row.getString("text"));
            text(json, "sentAt", time(row, "sent_at"));
            text(json, "clientMessageId", row.getString("client_message_id"));
            text(json, "replyTo", row.getString("reply_to"));
            if (row.getLong("version") > 1) {
                json.writeNumberProperty("version", row.getLong("version"));
            }
            text(json, "editedAt", time(row, "edited_at"));
            text(json, "deletedAt", time(row, "deleted_at"));
            text(json, "attributes", row.getString("attributes"));
            json.writeEndObject();
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    static @Nullable String time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : MessageJson.time(Instant.ofEpochMilli(millis));
    }
}
