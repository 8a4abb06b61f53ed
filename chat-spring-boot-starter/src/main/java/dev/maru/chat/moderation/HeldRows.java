package dev.maru.chat.moderation;

import dev.maru.chat.message.Author;
import dev.maru.chat.message.TalkRequest;
import dev.maru.store.jdbc.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code maru_held_message}.
 *
 * <p>Stateless; safe for any thread.
 */
final class HeldRows {

    private static final String SELECT = "SELECT id, room, author_id, author_name, text, client_message_id, reply_to,"
            + " reason, held_at FROM maru_held_message ";

    private HeldRows() {}

    /** Returns false if its author's client id waits in this room already. */
    static boolean insert(Sql sql, HeldMessage held) throws SQLException {
        TalkRequest request = held.request();
        return sql.update(
                        "INSERT INTO maru_held_message (id, room, author_id, author_name, text, client_message_id,"
                                + " reply_to, reason, held_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (room, author_id, client_message_id)"
                                + " WHERE client_message_id IS NOT NULL DO NOTHING",
                        held.id().toString(),
                        request.roomId(),
                        request.author().id(),
                        request.author().name(),
                        request.text(),
                        request.clientMessageId(),
                        text(request.replyTo()),
                        held.reason(),
                        held.heldAt().toEpochMilli())
                == 1;
    }

    static Optional<HeldMessage> find(Sql sql, UUID id) throws SQLException {
        return sql.first(SELECT + "WHERE id = ?", HeldRows::held, id.toString());
    }

    static Optional<HeldMessage> findRepeated(Sql sql, TalkRequest request) throws SQLException {
        return sql.first(
                SELECT + "WHERE room = ? AND author_id = ? AND client_message_id = ?",
                HeldRows::held,
                request.roomId(),
                request.author().id(),
                request.clientMessageId());
    }

    static List<HeldMessage> oldest(Sql sql, int limit) throws SQLException {
        return sql.list(SELECT + "ORDER BY held_at, id LIMIT ?", HeldRows::held, limit);
    }

    static int delete(Sql sql, UUID id) throws SQLException {
        return sql.update("DELETE FROM maru_held_message WHERE id = ?", id.toString());
    }

    static int count(Sql sql) throws SQLException {
        return sql.first("SELECT count(*) FROM maru_held_message", row -> row.getInt(1))
                .orElseThrow();
    }

    static int count(Sql sql, Author author) throws SQLException {
        return sql.first(
                        "SELECT count(*) FROM maru_held_message WHERE author_id = ?", row -> row.getInt(1), author.id())
                .orElseThrow();
    }

    private static HeldMessage held(ResultSet row) throws SQLException {
        Author author = new Author(row.getString(3), row.getString(4));
        String replyTo = row.getString(7);
        UUID answered = replyTo == null ? null : UUID.fromString(replyTo);
        return new HeldMessage(
                UUID.fromString(row.getString(1)),
                new TalkRequest(row.getString(2), author, row.getString(5), row.getString(6), answered),
                row.getString(8),
                Instant.ofEpochMilli(row.getLong(9)));
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
