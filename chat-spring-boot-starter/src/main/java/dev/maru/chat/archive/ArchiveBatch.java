package dev.maru.chat.archive;

import dev.maru.chat.search.IndexedMessages;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some messages of one room that move to one file of the archive together: the oldest that the database has, in order,
 * of one month. A month never goes back, even if the clock did, so the files of a room, one after the other, have its
 * messages in the order of their offsets.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param room the room's id
 * @param month in UTC, for example {@code 2026-11}
 * @param lines the messages, at least one
 * @param counting how many bytes of the file count so far
 * @param oldestEvent the first event of the room that stays
 */
record ArchiveBatch(String room, String month, List<MessageLine> lines, long counting, long oldestEvent) {

    /** So few that the transaction which deletes them delays nobody. */
    static final int MOST_MESSAGES = 64;

    private static final int MOST_BYTES = 256 * 1024;
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu-MM").withZone(ZoneOffset.UTC);

    /** The next messages of a room that were sent before this time; empty if it has none that the index has as well. */
    static Optional<ArchiveBatch> next(Sql sql, String room, Instant before) throws SQLException {
        long indexed = IndexedMessages.cursor(sql);
        String lastMonth = sql.first(
                        "SELECT coalesce(max(month), '') FROM maru_archive_file WHERE room = ?",
                        row -> row.getString(1),
                        room)
                .orElse("");
        Collector collector = new Collector(before, indexed, lastMonth);
        sql.scan(
                "SELECT " + MessageLine.COLUMNS + " FROM maru_message WHERE room = ? ORDER BY \"offset\" LIMIT ?",
                MessageLine::read,
                collector::takes,
                room,
                MOST_MESSAGES);
        if (collector.lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ArchiveBatch(
                room,
                collector.month,
                collector.lines,
                ArchiveRows.counting(sql, room, collector.month),
                ArchiveRows.eventAfter(sql, room, collector.lines.getLast().id())));
    }

    /** The first message that stays. */
    long oldest() {
        return lines.getLast().offset() + 1;
    }

    /** Takes lines for as long as they may go together. Confined to a reading thread. */
    private static final class Collector {
        private final List<MessageLine> lines = new ArrayList<>();
        private final Instant before;
        private final long indexed;
        private String month;
        private int bytes;

        Collector(Instant before, long indexed, String month) {
            this.before = before;
            this.indexed = indexed;
            this.month = month;
        }

        boolean takes(MessageLine line) {
            String own = MONTH.format(line.sentAt());
            boolean nextMonth = own.compareTo(month) > 0;
            boolean taken = line.sentAt().isBefore(before)
                    && line.rowNo() <= indexed
                    && (lines.isEmpty() || (!nextMonth && bytes < MOST_BYTES));
            if (taken) {
                month = nextMonth ? own : month;
                bytes += line.json().length;
                lines.add(line);
            }
            return taken;
        }
    }
}
