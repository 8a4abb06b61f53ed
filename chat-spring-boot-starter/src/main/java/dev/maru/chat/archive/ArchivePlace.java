package dev.maru.chat.archive;

import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.OwnerOnly;
import dev.maru.store.jdbc.ProcessLock;
import dev.maru.store.jdbc.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process is the one that fills the archive. Alone it is. Of several on one database it is the one whose
 * folder has the mark that the database knows; where nodes share that folder, it is the one that has locked it. The
 * operating system holds that lock for as long as the process is there, also when it is stopped for a while, so that two
 * never write to one file.
 *
 * <p>Confined to the archive's thread, where it blocks.
 */
final class ArchivePlace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchivePlace.class);
    private static final String MARK = ".place";
    private static final String LOCK = ".lock";

    private final Database database;
    private final Path folder;
    private @Nullable ProcessLock lock;
    private boolean elsewhere;

    ArchivePlace(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    /** Whether messages move from here now. */
    boolean isHere() throws IOException {
        if (!database.isShared() || lock != null) {
            return true;
        }
        String known = database.writer()
                .submitApart(this::readOrMark)
                .toCompletableFuture()
                .join();
        if (!mark().filter(known::equals).isPresent()) {
            if (!elsewhere) {
                LOG.warn("The archive of this database is in another folder than {}; messages move there only", folder);
            }
            elsewhere = true;
            return false;
        }
        return lock();
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Another node with the same folder may have it now, and may end some time. */
    private boolean lock() {
        try {
            lock = ProcessLock.take(folder.resolve(LOCK));
            return true;
        } catch (IOException e) {
            LOG.debug("The archive in {} is filled by another node", folder, e);
            return false;
        }
    }

    /** The mark of the one folder; the first who asks makes it. */
    private String readOrMark(Sql sql) throws SQLException {
        Optional<String> known = known(sql);
        if (known.isEmpty()) {
            sql.update("LOCK TABLE maru_archive_place IN EXCLUSIVE MODE");
            known = known(sql);
        }
        if (known.isPresent()) {
            return known.get();
        }
        String fresh = UUID.randomUUID().toString();
        sql.update("INSERT INTO maru_archive_place (id, mark) VALUES (1, ?)", fresh);
        try {
            OwnerOnly.createFolder(folder);
            OwnerOnly.createFile(folder.resolve(MARK));
            Files.writeString(folder.resolve(MARK), fresh);
            OwnerOnly.sync(folder);
        } catch (IOException e) {
            throw new SQLException("the folder of the archive cannot be marked", e);
        }
        return fresh;
    }

    private static Optional<String> known(Sql sql) throws SQLException {
        return sql.first("SELECT mark FROM maru_archive_place WHERE id = 1", row -> row.getString(1));
    }

    private Optional<String> mark() throws IOException {
        Path mark = folder.resolve(MARK);
        return Files.exists(mark) ? Optional.of(Files.readString(mark).strip()) : Optional.empty();
    }
}
