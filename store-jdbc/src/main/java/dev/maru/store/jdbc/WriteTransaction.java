package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's connection and what is done with it at one time: all of a list of jobs, or none. A connection that
 * failed is given up, and the next transaction opens another.
 *
 * <p>Confined to the writer's thread, {@link #add} excepted.
 */
final class WriteTransaction {

    /** How an attempt ended. */
    enum Outcome {
        COMMITTED,
        /** A statement failed, so that others may well succeed. */
        STATEMENT_FAILED,
        /** The database failed in the middle; which statement it was may matter. */
        DATABASE_FAILED,
        /** The database failed at the very end: it may have committed, and nothing may be tried again. */
        IN_DOUBT,
        /** The transaction did not even begin. */
        DATABASE_GONE
    }

    private static final Logger LOG = LoggerFactory.getLogger(WriteTransaction.class);

    private final Dialect dialect;
    private final List<CommitHook> hooks = new CopyOnWriteArrayList<>();
    private @Nullable Sql connection;
    private @Nullable Exception failure;

    WriteTransaction(Dialect dialect) {
        this.dialect = dialect;
    }

    void add(CommitHook hook) {
        hooks.add(hook);
    }

    /** Why the last attempt did not commit. */
    Exception failure() {
        return failure == null ? new IllegalStateException("nothing failed") : failure;
    }

    Outcome attempt(List<WriteJob<?>> jobs) {
        Sql sql;
        try {
            sql = begin();
        } catch (SQLException e) {
            failure = e;
            giveUp();
            return Outcome.DATABASE_GONE;
        }
        try {
            lock(sql, jobs);
            for (WriteJob<?> job : jobs) {
                run(sql, job);
            }
            for (CommitHook hook : hooks) {
                hook.beforeCommit(sql);
            }
        } catch (SQLException | RuntimeException e) {
            return rolledBack(sql, e);
        }
        try {
            dialect.commit(sql);
        } catch (SQLException | RuntimeException e) {
            Outcome outcome = rolledBack(sql, e);
            return dialect.isShared() && outcome != Outcome.STATEMENT_FAILED ? Outcome.IN_DOUBT : outcome;
        }
        giveBack();
        tell(CommitHook::afterCommit);
        return Outcome.COMMITTED;
    }

    private void lock(Sql sql, List<WriteJob<?>> jobs) throws SQLException {
        if (dialect.isShared()) {
            SortedSet<String> keys =
                    jobs.stream().flatMap(job -> job.keys().stream()).collect(Collectors.toCollection(TreeSet::new));
            for (CommitHook hook : hooks) {
                hook.beforeWrites(sql, keys);
            }
        }
    }

    private void run(Sql sql, WriteJob<?> job) throws SQLException {
        if (!job.isUndoable()) {
            job.run(sql);
            return;
        }
        sql.execute("SAVEPOINT maru_write");
        hooks.forEach(CommitHook::onSavepoint);
        try {
            job.runJoined(sql);
        } catch (SQLException | RuntimeException e) {
            undo(sql, job, e);
        }
        sql.execute("RELEASE SAVEPOINT maru_write");
    }

    /** Undoes one write; the transaction goes on, also where a failed statement would otherwise have spoilt it. */
    private void undo(Sql sql, WriteJob<?> job, Exception cause) throws SQLException {
        if (cause instanceof SQLException e && !dialect.isFaultOfStatement(e)) {
            throw e;
        }
        sql.execute("ROLLBACK TO SAVEPOINT maru_write");
        hooks.forEach(CommitHook::afterUndo);
        job.fail(cause);
    }

    void close() {
        giveUp();
    }

    private Sql begin() throws SQLException {
        Sql sql = connection;
        if (sql == null) {
            sql = new Sql(dialect.openForWriting(), dialect.product());
            connection = sql;
        }
        dialect.beginWriting(sql);
        return sql;
    }

    private Outcome rolledBack(Sql sql, Exception cause) {
        failure = cause;
        boolean sound = !(cause instanceof SQLException e) || dialect.isFaultOfStatement(e);
        try {
            dialect.rollback(sql);
        } catch (SQLException e) {
            LOG.debug("The transaction could not be rolled back; its connection is closed", e);
            sound = false;
        }
        if (sound) {
            giveBack();
        } else {
            giveUp();
        }
        tell(CommitHook::afterRollback);
        return sound ? Outcome.STATEMENT_FAILED : Outcome.DATABASE_FAILED;
    }

    private void tell(Consumer<CommitHook> end) {
        for (CommitHook hook : hooks) {
            try {
                end.accept(hook);
            } catch (RuntimeException e) {
                LOG.error("The end of a transaction could not be told", e);
            }
        }
    }

    /** A borrowed connection is not kept from one transaction to the next. */
    private void giveBack() {
        if (!dialect.keepsConnections()) {
            giveUp();
        }
    }

    private void giveUp() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
