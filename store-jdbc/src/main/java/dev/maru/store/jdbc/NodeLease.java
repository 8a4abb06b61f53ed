package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among those that write to one database: a row with an id, and until when the process counts as living,
 * by the database's clock, so that the clocks of machines do not matter. A thread of its own renews the lease three
 * times in its length, and clears up behind nodes that are gone ({@link NodeSweep}).
 *
 * <p>Safe for any thread; only opening and closing wait for the database.
 *
 * <p>What a node holds in the database (leases of messages, people at places) bears its id, and counts for as long as
 * the row says. A node that did not renew in time, because it was stopped or could not reach the database, may be
 * declared dead by any other: its people leave and its row goes in one transaction. As long as the row is there,
 * nothing of this has happened, and a late renewal makes the node a living one again. When the row is gone the node takes
 * a new id, never the old one again, and {@link #onNewNode} tells those who hold something to hold it under the new id;
 * what they write under the old one fails, or changes nothing. A node that could not renew spares the others for as long
 * as one lease when the database is back: they could not renew either.
 */
final class NodeLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    private static final int RENEWALS_IN_A_LEASE = 3;
    private static final long RETRY_MILLIS = 1000;
    private static final long CLOSE_SECONDS = 10;

    private final WriteTransaction transaction;
    private final long millis;
    private final List<NodeSweep> sweeps = new CopyOnWriteArrayList<>();
    private final List<Runnable> heirs = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile long node;
    private volatile long restMillis;
    private long sparesUntil = System.nanoTime();

    /**
     * Enters this process. Blocks.
     *
     * @throws LogUnavailableException if the database cannot be written to
     */
    NodeLease(Dialect dialect, Duration length) {
        this.transaction = new WriteTransaction(dialect);
        this.millis = length.toMillis();
        this.node = run(this::enter);
        this.thread = Thread.ofPlatform().daemon().name("maru-node-lease").start(this::live);
    }

    /** The id that this process has now; positive. */
    long node() {
        return node;
    }

    /** How long a lease is. */
    Duration length() {
        return Duration.ofMillis(millis);
    }

    /** Adds someone who clears up behind nodes that are gone. */
    void add(NodeSweep sweep) {
        sweeps.add(sweep);
    }

    /** Adds someone who is told that this process was declared dead and has another id from now on. Must be quick. */
    void onNewNode(Runnable heir) {
        heirs.add(heir);
    }

    /** For how long its people stay after this node was closed; by default not at all. */
    void rest(Duration people) {
        restMillis = people.toMillis();
    }

    /** Ends the lease: what this node has leased is free at once, its people leave after their time. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live() {
        boolean sound = true;
        try {
            while (!closing.await(sound ? millis / RENEWALS_IN_A_LEASE : retryMillis(), TimeUnit.MILLISECONDS)) {
                sound = renewed();
                if (sound && System.nanoTime() - sparesUntil >= 0) {
                    sweeps.forEach(this::sweep);
                }
            }
            run(this::leave);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LogUnavailableException e) {
            LOG.warn("The node's lease could not be ended; it runs out by itself: {}", e.getMessage());
        } finally {
            transaction.close();
        }
    }

    private long retryMillis() {
        return Math.min(RETRY_MILLIS, millis / RENEWALS_IN_A_LEASE);
    }

    private boolean renewed() {
        try {
            long renewed = run(this::renew);
            if (renewed != node) {
                LOG.warn("This node was declared dead, and goes on as another one: {} is {} now", node, renewed);
                node = renewed;
                heirs.forEach(Runnable::run);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The node's lease could not be renewed: {}", reason(e));
            sparesUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            return false;
        }
    }

    private void sweep(NodeSweep sweep) {
        try {
            run(sql -> {
                        sql.execute("SET LOCAL lock_timeout = '3s'");
                        return sweep.sweep(sql);
                    })
                    .run();
        } catch (RuntimeException e) {
            LOG.warn("What lost nodes hold could not be taken back, and will be: {}", reason(e));
        }
    }

    private long enter(Sql sql) throws SQLException {
        return sql.insert(
                "INSERT INTO maru_node (started_at, renewed_at, expires_at, people_until)"
                        + " SELECT t, t, t + ? * INTERVAL '1 ms', t + ? * INTERVAL '1 ms' FROM clock_timestamp() AS t"
                        + " RETURNING id",
                millis,
                millis);
    }

    private long renew(Sql sql) throws SQLException {
        int renewed = sql.update(
                "UPDATE maru_node SET renewed_at = t, expires_at = t + ? * INTERVAL '1 ms',"
                        + " people_until = t + ? * INTERVAL '1 ms' FROM clock_timestamp() AS t WHERE id = ?",
                millis,
                millis,
                node);
        return renewed > 0 ? node : enter(sql);
    }

    private boolean leave(Sql sql) throws SQLException {
        return sql.update(
                        "UPDATE maru_node SET expires_at = t, people_until = t + ? * INTERVAL '1 ms'"
                                + " FROM clock_timestamp() AS t WHERE id = ?",
                        restMillis,
                        node)
                > 0;
    }

    private <T> T run(Write<T> write) {
        WriteJob<T> job = new WriteJob<>(write, false);
        if (transaction.attempt(List.of(job)) != WriteTransaction.Outcome.COMMITTED) {
            throw new LogUnavailableException("the node's lease cannot be written", transaction.failure());
        }
        job.answer();
        return job.stage().join();
    }

    private static String reason(RuntimeException e) {
        return String.valueOf(e.getCause() == null ? e : e.getCause());
    }
}
