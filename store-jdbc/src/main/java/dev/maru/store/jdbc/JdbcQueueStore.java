package dev.maru.store.jdbc;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueDepth;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Queues in the database. Everything goes through the writer: a message is stored when its group is, a lease is stored
 * before its message is delivered, so that the attempts of one that brings everything down are counted, too.
 *
 * <p>SQLite has one process at a time, so whatever is leased when the database is opened is leased by nobody any more.
 * PostgreSQL may have several; a lease bears the id of its node and ends when that node's own lease does. Each node looks
 * three times in the length of a lease whether there are such, and what waits anywhere, so that a message that no node
 * was told of waits no longer than that.
 *
 * <p>Safe for any thread.
 */
public final class JdbcQueueStore implements QueueStore {

    private final Database database;
    private final QueueRows rows;
    private final QueueCalls calls;
    private volatile Consumer<String> listener = queue -> {};

    /**
     * The queues of this database, which this process has for itself or shares with others that are told by nobody.
     * Blocks. Once for each database.
     *
     * @throws LogUnavailableException if the database cannot be written to
     */
    public static JdbcQueueStore open(Database database, QueueLimits limits) {
        return open(database, limits, Cluster.alone());
    }

    /**
     * The queues of this database. Blocks. Once for each database, before the cluster is started.
     *
     * @param cluster the other nodes, which are told when something waits for their consumers
     * @throws LogUnavailableException if the database cannot be written to
     */
    public static JdbcQueueStore open(Database database, QueueLimits limits, Cluster cluster) {
        try {
            database.writer().submit(QueueRows::endLeases).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new LogUnavailableException("the queues cannot be opened", e);
        }
        NodeLease lease = database.lease();
        QueueRows rows = new QueueRows(limits, lease == null ? () -> 1 : lease::node);
        JdbcQueueStore store = new JdbcQueueStore(database, rows, new QueueCalls(cluster));
        if (lease != null) {
            database.writer().add(new QueueLocks());
            lease.add(store::sweep);
            store.calls.hear(queue -> store.listener.accept(queue));
        }
        return store;
    }

    private JdbcQueueStore(Database database, QueueRows rows, QueueCalls calls) {
        this.database = database;
        this.rows = rows;
        this.calls = calls;
    }

    @Override
    public CompletionStage<List<QueueLease>> apply(List<QueueChange> changes) {
        return database.writer().submit(new Changes(List.copyOf(changes))).thenApply(QueueRows.Applied::held);
    }

    @Override
    public CompletionStage<List<QueuedMessage>> lease(String queue, int limit) {
        return database.writer().submit(sql -> rows.lease(sql, queue, limit));
    }

    @Override
    public CompletionStage<QueueDepth> depth(String queue) {
        return database.readers().read(sql -> rows.depth(sql, queue));
    }

    @Override
    public void onWaiting(Consumer<String> waiting) {
        listener = waiting;
    }

    private Runnable sweep(Sql sql) throws SQLException {
        QueueRows.endLeases(sql);
        List<String> waiting = QueueRows.waiting(sql);
        return () -> waiting.forEach(listener);
    }

    private final class Changes implements Write<QueueRows.Applied> {
        private final List<QueueChange> changes;
        private final long bytes;

        Changes(List<QueueChange> changes) {
            this.changes = changes;
            this.bytes = changes.stream().mapToLong(Changes::size).sum();
        }

        @Override
        public QueueRows.Applied write(Sql sql) throws SQLException {
            QueueRows.Applied applied = new QueueRows.Applied();
            for (QueueChange change : changes) {
                rows.apply(sql, change, applied);
            }
            return applied;
        }

        @Override
        public boolean isUndoable() {
            return changes.size() > 1;
        }

        @Override
        public Set<String> keys() {
            return changes.stream()
                    .flatMap(Changes::queues)
                    .map(QueueLocks::key)
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void committed(QueueRows.Applied applied) {
            applied.waiting().forEach(listener);
            applied.waiting().forEach(calls::call);
        }

        private static Stream<String> queues(QueueChange change) {
            return switch (change) {
                case QueueChange.Put put -> Stream.of(put.queue());
                case QueueChange.Hold hold -> Stream.of(hold.queue());
                case QueueChange.Acknowledge done -> Stream.of(done.lease().queue());
                case QueueChange.Release _ -> Stream.empty();
                case QueueChange.Bury bury -> Stream.of(bury.lease().queue(), bury.deadLetters());
            };
        }

        private static long size(QueueChange change) {
            return switch (change) {
                case QueueChange.Put put -> QueueLimits.size(put.content());
                case QueueChange.Hold hold -> QueueLimits.size(hold.content());
                default -> 0;
            };
        }
    }
}
