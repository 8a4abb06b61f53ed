package dev.maru.chat.message;

import dev.maru.store.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The tables {@code maru_message} and {@code maru_room_event}.
 *
 * <p>Safe for any thread.
 */
public final class MessageRows {

    /** What {@link #message} reads, of a {@code maru_message} that the statement calls {@code m}. */
    public static final String COLUMNS = "m.room, m.\"offset\", m.id, m.author_id, m.author_name, m.text,"
            + " m.client_message_id, m.reply_to, m.sent_at";

    private static final int COLUMN_COUNT = 9;

    private static final String INSERT_MESSAGE = "INSERT INTO maru_message (room, \"offset\", id, author_id,"
            + " author_name, text, client_message_id, reply_to, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (room, author_id, client_message_id) WHERE client_message_id IS NOT NULL DO NOTHING";

    private static final String INSERT_EVENT =
            "INSERT INTO maru_room_event (room, seq, kind, message_id, actor, at) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String FIND_REPEATED =
            "SELECT " + COLUMNS + " FROM maru_message m WHERE room = ? AND author_id = ? AND client_message_id = ?";

    private static final String READ_AFTER =
            "SELECT " + COLUMNS + " FROM maru_message m WHERE room = ? AND \"offset\" > ? ORDER BY \"offset\" LIMIT ?";

    private static final String READ_EVENTS = "SELECT " + COLUMNS + ", e.room, e.seq, e.kind, e.actor, e.at"
            + " FROM maru_room_event e LEFT JOIN maru_message m ON m.id = e.message_id"
            + " WHERE e.room = ? AND e.seq > ? ORDER BY e.seq LIMIT ?";

    private MessageRows() {}

    /** Makes a message of a row that begins with {@link #COLUMNS}. */
    public static ChatMessage message(ResultSet row) throws SQLException {
        String replyTo = row.getString(8);
        return new ChatMessage(
                row.getString(1),
                row.getLong(2),
                UUID.fromString(row.getString(3)),
                new Author(row.getString(4), row.getString(5)),
                row.getString(6),
                row.getString(7),
                replyTo == null ? null : UUID.fromString(replyTo),
                Instant.ofEpochMilli(row.getLong(9)));
    }

    /** Returns false, and stores nothing, if the author has used the client's id in this room before. */
    static boolean insert(Sql sql, ChatMessage message) throws SQLException {
        UUID replyTo = message.replyTo();
        return sql.update(
                        INSERT_MESSAGE,
                        message.roomId(),
                        message.offset(),
                        message.id().toString(),
                        message.author().id(),
                        message.author().name(),
                        message.text(),
                        message.clientMessageId(),
                        replyTo == null ? null : replyTo.toString(),
                        message.sentAt().toEpochMilli())
                == 1;
    }

    static void insert(Sql sql, RoomEvent event) throws SQLException {
        ChatMessage message = event.message();
        sql.update(
                INSERT_EVENT,
                event.roomId(),
                event.seq(),
                event.kind(),
                message == null ? null : message.id().toString(),
                event.actor(),
                event.at().toEpochMilli());
    }

    static Optional<ChatMessage> findRepeated(Sql sql, TalkRequest request) throws SQLException {
        return sql.first(
                FIND_REPEATED,
                MessageRows::message,
                request.roomId(),
                request.author().id(),
                request.clientMessageId());
    }

    static List<ChatMessage> readAfter(Sql sql, String room, long offset, int limit) throws SQLException {
        return sql.list(READ_AFTER, MessageRows::message, room, offset, limit);
    }

    static List<RoomEvent> readEventsAfter(Sql sql, String room, long seq, int limit) throws SQLException {
        return sql.list(READ_EVENTS, MessageRows::event, room, seq, limit);
    }

    private static RoomEvent event(ResultSet row) throws SQLException {
        return new RoomEvent(
                row.getString(COLUMN_COUNT + 1),
                row.getLong(COLUMN_COUNT + 2),
                row.getString(COLUMN_COUNT + 3),
                row.getString(COLUMN_COUNT + 4),
                Instant.ofEpochMilli(row.getLong(COLUMN_COUNT + 5)),
                row.getString(1) == null ? null : message(row));
    }
}
