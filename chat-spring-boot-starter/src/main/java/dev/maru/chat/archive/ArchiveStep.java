package dev.maru.chat.archive;

import dev.maru.chat.room.RoomHeads;
import dev.maru.chat.search.IndexedMessages;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves one batch after the other, so that a message is never in neither place: it is read, appended to its file and
 * synced there; and then deleted in the one transaction that says that the file is so much longer.
 *
 * <p>If the process dies before that transaction, the file is longer than the database says. Its messages are in the
 * database still, and what is too much is cut off before anything is appended again. So the bytes that count have every
 * message that left the database, once.
 *
 * <p>Confined to the archive's thread, where it blocks.
 *
 * @param archive the folder of the archive
 */
record ArchiveStep(Database database, RoomHeads heads, Path archive) {

    /** Moves a room's next batch of what was sent before this time. Returns whether there was any. */
    boolean move(String room, Instant before) throws IOException {
        Optional<ArchiveBatch> batch = read(room, before);
        if (batch.isPresent()) {
            delete(batch.get(), append(batch.get()), before);
        }
        return batch.isPresent();
    }

    Optional<ArchiveBatch> read(String room, Instant before) {
        return database.slowReaders()
                .read(sql -> ArchiveBatch.next(sql, room, before))
                .toCompletableFuture()
                .join();
    }

    /** Returns how many bytes of the file are to count. */
    long append(ArchiveBatch batch) throws IOException {
        ArchiveFile file = ArchiveFile.of(archive, batch.room(), batch.month());
        if (batch.counting() > 0 && !file.exists()) {
            database.writer()
                    .submitApart(sql -> ArchiveRows.forget(sql, batch))
                    .toCompletableFuture()
                    .join();
            return file.append(0, batch.lines());
        }
        return file.append(batch.counting(), batch.lines());
    }

    void delete(ArchiveBatch batch, long counting, Instant before) {
        database.writer()
                .submitApart(sql -> delete(sql, batch, counting, before))
                .toCompletableFuture()
                .join();
    }

    private boolean delete(Sql sql, ArchiveBatch batch, long counting, Instant before) throws SQLException {
        ArchiveRows.delete(sql, batch);
        IndexedMessages.remove(
                sql, batch.lines().stream().map(MessageLine::rowNo).toList());
        ArchiveRows.count(sql, batch, counting);
        ArchiveRows.reachTo(sql, before);
        heads.trim(sql, batch.room(), batch.oldest(), batch.oldestEvent());
        return true;
    }
}
