package dev.maru.store.jdbc;

import java.sql.SQLException;

/**
 * Takes part in each transaction of the writer: for what is done once for a group and not once for a write, such as
 * counters that are kept in memory.
 *
 * <p>All methods are called on the writer's thread.
 */
public interface CommitHook {

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
