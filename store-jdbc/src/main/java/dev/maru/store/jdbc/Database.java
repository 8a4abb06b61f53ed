package dev.maru.store.jdbc;

import java.nio.file.Path;

/**
 * An open database: its writer, its readers and its epoch.
 *
 * <p>Safe for any thread.
 */
public final class Database implements AutoCloseable {

    /**
     * Opens the SQLite database {@code maru.db} in a folder, which is made, readable by its owner only, if it is not
     * there. Blocks.
     *
     * @throws dev.maru.engine.history.LogUnavailableException if that cannot be done
     */
    public static Database sqlite(Path folder, DatabaseSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings a module's tables up to date. The module has a history of its own, the table
     * {@code maru_history_<module>}; its scripts lie in {@code <location>/<dialect>}. Blocks.
     *
     * @param module lower-case letters
     * @param location on the class path, for instance {@code dev/maru/chat/migration}
     */
    public void migrate(String module, String location) {
        throw new UnsupportedOperationException();
    }

    /** The one way to change the database. */
    public GroupCommitWriter writer() {
        throw new UnsupportedOperationException();
    }

    /** For questions that indexes answer. */
    public Readers readers() {
        throw new UnsupportedOperationException();
    }

    /** For questions that may take long, so that they never stand in the way of the others. */
    public Readers slowReaders() {
        throw new UnsupportedOperationException();
    }

    /** The life of this store: {@code [a-z0-9]{1,16}}, random at creation, part of every position in it. */
    public String epoch() {
        throw new UnsupportedOperationException();
    }

    /** Finishes what waits and closes all connections. Idempotent. */
    @Override
    public void close() {}
}
