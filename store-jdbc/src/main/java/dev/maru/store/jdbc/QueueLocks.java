package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.SortedSet;

/**
 * Locks queues for the transactions that change how much waits in them, on a database that several processes write to:
 * each name, in the order of the names, before the first change. A lock is of the name and not of a row, since an empty
 * queue has none.
 *
 * <p>Stateless; called on the writer's thread.
 */
final class QueueLocks implements CommitHook {
    private static final String PREFIX = "maru.queue:";
    private static final String BEHIND_PREFIX = "maru.queue;";
    private static final String MAKING = "maru.queues";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(?) AS name";

    /** The key that a write has which changes this queue. */
    static String key(String queue) {
        return PREFIX + queue;
    }

    /** Locks the making of queues, after the queues themselves, so that no two are made at once. */
    static void lockMaking(Sql sql) throws SQLException {
        lock(sql, MAKING);
    }

    @Override
    public void beforeWrites(Sql sql, SortedSet<String> keys) throws SQLException {
        SortedSet<String> queues = keys.subSet(PREFIX, BEHIND_PREFIX);
        if (!queues.isEmpty()) {
            lock(sql, queues.toArray(String[]::new));
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

    static void lock(Sql sql, String... names) throws SQLException {
        sql.list(LOCK, row -> true, (Object) names);
    }
}
