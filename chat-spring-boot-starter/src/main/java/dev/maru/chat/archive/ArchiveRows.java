package dev.maru.chat.archive;

import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What the database knows of the archive, and what it forgets for it.
 *
 * <p>Stateless; safe for any thread.
 */
final class ArchiveRows {

    /** The first room after another one whose oldest message was sent before a time: one look for each room. */
    private static final String DUE =
            "SELECT r.id FROM maru_room r WHERE r.id > ? AND EXISTS (SELECT 1 FROM maru_message m"
                    + " WHERE m.room = r.id AND m.\"offset\" = r.oldest AND m.sent_at < ?) ORDER BY r.id LIMIT 1";

    private ArchiveRows() {}

    static List<String> nextDue(Sql sql, Instant before, String after) throws SQLException {
        return sql.list(DUE, row -> row.getString(1), after, before.toEpochMilli());
    }

    /** How many bytes of a file count. */
    static long counting(Sql sql, String room, String month) throws SQLException {
        return sql.first(
                        "SELECT bytes FROM maru_archive_file WHERE room = ? AND month = ?",
                        row -> row.getLong(1),
                        room,
                        month)
                .orElse(0L);
    }

    /** The seq after the one of the event that tells of the room's message, whose event is among its oldest. */
    static long eventAfter(Sql sql, String room, String message) throws SQLException {
        return sql.first(
                        "SELECT seq + 1 FROM maru_room_event WHERE room = ? AND message_id = ? ORDER BY seq LIMIT 1",
                        row -> row.getLong(1),
                        room,
                        message)
                .orElse(1L);
    }

    /** A file was taken away: nothing of what is there now counts. */
    static int forget(Sql sql, ArchiveBatch batch) throws SQLException {
        return sql.update(
                "UPDATE maru_archive_file SET bytes = 0, messages = 0 WHERE room = ? AND month = ?",
                batch.room(),
                batch.month());
    }

    /** So many bytes of the batch's file count now. */
    static void count(Sql sql, ArchiveBatch batch, long bytes) throws SQLException {
        sql.update(
                "INSERT INTO maru_archive_file (room, month, bytes, messages) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (room, month)"
                        + " DO UPDATE SET bytes = excluded.bytes, messages = maru_archive_file.messages + excluded.messages",
                batch.room(),
                batch.month(),
                bytes,
                batch.lines().size());
    }

    /** What was sent before this time may be in the archive from now on. */
    static void reachTo(Sql sql, Instant before) throws SQLException {
        sql.update(
                "INSERT INTO maru_archive (id, before) VALUES (1, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET before = excluded.before"
                        + " WHERE excluded.before > maru_archive.before",
                before.toEpochMilli());
    }

    /** Deletes the batch's messages and events. */
    static void delete(Sql sql, ArchiveBatch batch) throws SQLException {
        int deleted =
                sql.update("DELETE FROM maru_message WHERE room = ? AND \"offset\" < ?", batch.room(), batch.oldest());
        if (deleted != batch.lines().size()) {
            throw new IllegalStateException("of " + batch.room() + " " + deleted + " messages would be deleted and "
                    + batch.lines().size() + " are in the archive");
        }
        sql.update("DELETE FROM maru_room_event WHERE room = ? AND seq < ?", batch.room(), batch.oldestEvent());
    }
}
