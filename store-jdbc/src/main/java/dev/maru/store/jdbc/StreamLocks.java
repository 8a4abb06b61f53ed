package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.SortedSet;

/**
 * Locks streams for the transactions that append to them, on a database that several processes write to: each name, in
 * the order of the names, before the first append.
 *
 * <p>Stateless; called on the writer's thread.
 */
final class StreamLocks implements CommitHook {
    private static final String PREFIX = "maru.stream:";
    private static final String BEHIND_PREFIX = "maru.stream;";

    /** The key that a write has which appends to this stream. */
    static String key(String stream) {
        return PREFIX + stream;
    }

    @Override
    public void beforeWrites(Sql sql, SortedSet<String> keys) throws SQLException {
        SortedSet<String> streams = keys.subSet(PREFIX, BEHIND_PREFIX);
        if (!streams.isEmpty()) {
            QueueLocks.lock(sql, streams.toArray(String[]::new));
        }
    }

    @Override
    public void onSavepoint() {}

    @Override
    public void afterUndo() {}

    @Override
    public void beforeCommit(Sql sql) {}

    @Override
    public void afterCommit() {}

    @Override
    public void afterRollback() {}
}
