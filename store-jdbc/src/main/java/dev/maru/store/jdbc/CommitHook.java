package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.SortedSet;

/**
 * Takes part in each transaction of the writer: for what is done once for a group and not once for a write, such as
 * counters that are kept in memory.
 *
 * <p>All methods are called on the writer's thread.
 */
public interface CommitHook {

    /**
     * The transaction has begun on a database that other processes write to as well. Locks what the group will change,
     * in the order of the keys, so that no two processes wait for each other.
     *
     * @param keys what the writes of the group name in {@link Write#keys}
     */
    default void beforeWrites(Sql sql, SortedSet<String> keys) throws SQLException {}

    /** What is done from now on may be undone while the transaction goes on; until the next savepoint. */
    void onSavepoint();

    /** What was done since the savepoint is undone. */
    void afterUndo();

    /** All writes of the group are done; the last chance to change the database with them. */
    void beforeCommit(Sql sql) throws SQLException;

    /** The group is durable; none of its writes has been announced yet. */
    void afterCommit();

    /** Nothing of the group happened: forget what was learnt during it. */
    void afterRollback();
}
