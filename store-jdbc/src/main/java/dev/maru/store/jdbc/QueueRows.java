package dev.maru.store.jdbc;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueDepth;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueuedMessage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The rows behind {@link JdbcQueueStore}: each message, with the id of the node that has leased it, and how much waits in
 * each queue. Where several nodes write, the queues that a transaction changes are locked ({@link QueueLocks}); leasing
 * needs no lock but those of the rows, and passes by what another node is just leasing.
 *
 * <p>Stateless but for its limits; its methods run in transactions of the writer.
 */
final class QueueRows {

    /** So that what is leased at a time stays small in memory; one message may be larger. */
    private static final long MOST_BYTES_LEASED = 1024 * 1024;

    private static final String STANDS = "id = ? AND attempts = ? AND leased = ?";

    private static final String OF_NOBODY_LIVING =
            "id IN (SELECT id FROM maru_queue_message AS message WHERE leased <> 0"
                    + " AND NOT EXISTS (SELECT FROM maru_node AS node"
                    + " WHERE node.id = message.leased AND node.expires_at > clock_timestamp()) FOR UPDATE SKIP LOCKED)";

    private final QueueLimits limits;
    private final LongSupplier node;

    /** @param node the id that leases bear, positive; it may change */
    QueueRows(QueueLimits limits, LongSupplier node) {
        this.limits = limits;
        this.node = node;
    }

    /** What became of changes: the queues in which something waits afterwards, and the leases of what was put held. */
    record Applied(Set<String> waiting, List<QueueLease> held) {
        Applied() {
            this(new LinkedHashSet<>(), new ArrayList<>());
        }
    }

    /** Makes a change and adds what became of it. */
    void apply(Sql sql, QueueChange change, Applied applied) throws SQLException {
        Set<String> waiting = applied.waiting();
        switch (change) {
            case QueueChange.Put put -> {
                put(sql, put.queue(), put.content(), false);
                waiting.add(put.queue());
            }
            case QueueChange.Hold hold -> {
                long id = put(sql, hold.queue(), hold.content(), true);
                applied.held().add(new QueueLease(hold.queue(), id, 0));
            }
            case QueueChange.Acknowledge done -> acknowledge(sql, done.lease());
            case QueueChange.Release back -> {
                if (release(sql, back.lease(), back.delivered())) {
                    waiting.add(back.lease().queue());
                }
            }
            case QueueChange.Bury bury -> {
                if (bury(sql, bury.lease(), bury.deadLetters())) {
                    waiting.add(bury.deadLetters());
                } else if (release(sql, bury.lease(), true)) {
                    waiting.add(bury.lease().queue());
                }
            }
        }
    }

    List<QueuedMessage> lease(Sql sql, String queue, int limit) throws SQLException {
        return sql.product() == Product.POSTGRESQL
                ? leaseAmongOthers(sql, queue, limit)
                : leaseAlone(sql, queue, limit);
    }

    private List<QueuedMessage> leaseAlone(Sql sql, String queue, int limit) throws SQLException {
        List<QueuedMessage> messages = new ArrayList<>();
        long[] bytes = new long[1];
        sql.scan(
                "SELECT id, attempts + 1, origin, content_type, headers, body FROM maru_queue_message"
                        + " WHERE queue = ? AND leased = 0 ORDER BY id LIMIT ?",
                row -> message(queue, row),
                message -> {
                    messages.add(message);
                    bytes[0] += message.content().body().length;
                    return bytes[0] < MOST_BYTES_LEASED;
                },
                queue,
                limit);
        for (QueuedMessage message : messages) {
            sql.update(
                    "UPDATE maru_queue_message SET leased = ?, attempts = attempts + 1 WHERE id = ?",
                    node.getAsLong(),
                    message.lease().id());
        }
        return messages;
    }

    private List<QueuedMessage> leaseAmongOthers(Sql sql, String queue, int limit) throws SQLException {
        List<Long> ids = new ArrayList<>();
        long[] bytes = new long[1];
        sql.scan(
                "SELECT id, size FROM maru_queue_message WHERE queue = ? AND leased = 0 ORDER BY id LIMIT ?"
                        + " FOR UPDATE SKIP LOCKED",
                row -> new long[] {row.getLong(1), row.getLong(2)},
                message -> {
                    ids.add(message[0]);
                    bytes[0] += message[1];
                    return bytes[0] < MOST_BYTES_LEASED;
                },
                queue,
                limit);
        List<QueuedMessage> messages = sql.list(
                "UPDATE maru_queue_message SET leased = ?, attempts = attempts + 1 WHERE id = ANY (?)"
                        + " RETURNING id, attempts, origin, content_type, headers, body",
                row -> message(queue, row),
                node.getAsLong(),
                ids.toArray(Long[]::new));
        messages.sort(Comparator.comparingLong(message -> message.lease().id()));
        return messages;
    }

    QueueDepth depth(Sql sql, String queue) throws SQLException {
        return sql.first(
                        "SELECT messages, bytes FROM maru_queue WHERE name = ?",
                        row -> new QueueDepth(row.getLong(1), row.getLong(2)),
                        queue)
                .orElse(QueueDepth.EMPTY);
    }

    /** Ends all leases of those who are gone: where nobody shares the database, of all who were there before. */
    static int endLeases(Sql sql) throws SQLException {
        return sql.update("UPDATE maru_queue_message SET leased = 0 WHERE "
                + (sql.product() == Product.POSTGRESQL ? OF_NOBODY_LIVING : "leased = 1"));
    }

    /** The queues with messages that nobody has leased. For PostgreSQL. */
    static List<String> waiting(Sql sql) throws SQLException {
        return sql.list(
                "SELECT name FROM maru_queue WHERE EXISTS"
                        + " (SELECT FROM maru_queue_message WHERE queue = name AND leased = 0)",
                row -> row.getString(1));
    }

    private long put(Sql sql, String queue, MessageContent content, boolean held) throws SQLException {
        long size = QueueLimits.size(content);
        QueueDepth depth = depth(sql, queue);
        limits.check(depth, size, depth.messages() > 0 ? 0 : otherQueues(sql));
        long id = sql.insert(
                "INSERT INTO maru_queue_message (queue, attempts, leased, size, content_type, headers, body)"
                        + " VALUES (?, 0, ?, ?, ?, ?, ?) RETURNING id",
                queue,
                held ? node.getAsLong() : 0L,
                size,
                content.contentType(),
                StoredHeaders.write(content.headers()),
                content.body());
        grow(sql, queue, size);
        return id;
    }

    private void acknowledge(Sql sql, QueueLease lease) throws SQLException {
        Optional<Long> size = size(sql, lease);
        if (size.isPresent()) {
            sql.update("DELETE FROM maru_queue_message WHERE id = ?", lease.id());
            shrink(sql, lease.queue(), size.get());
        }
    }

    private boolean release(Sql sql, QueueLease lease, boolean delivered) throws SQLException {
        return sql.update(
                        "UPDATE maru_queue_message SET leased = 0, attempts = attempts - ? WHERE " + STANDS,
                        delivered || lease.attempt() == 0 ? 0 : 1,
                        lease.id(),
                        lease.attempt(),
                        node.getAsLong())
                > 0;
    }

    /** Returns whether there was room; under a new id, so that it stands behind all others. */
    private boolean bury(Sql sql, QueueLease lease, String deadLetters) throws SQLException {
        Optional<Long> size = size(sql, lease);
        QueueDepth depth = depth(sql, deadLetters);
        if (size.isEmpty()
                || !limits.hasRoom(depth, size.get())
                || (depth.messages() == 0 && otherQueues(sql) >= limits.queues())) {
            return false;
        }
        sql.update(
                "INSERT INTO maru_queue_message (queue, origin, attempts, leased, size, content_type, headers, body)"
                        + " SELECT ?, coalesce(origin, queue), 0, 0, size, content_type, headers, body"
                        + " FROM maru_queue_message WHERE id = ?",
                deadLetters,
                lease.id());
        sql.update("DELETE FROM maru_queue_message WHERE id = ?", lease.id());
        shrink(sql, lease.queue(), size.get());
        grow(sql, deadLetters, size.get());
        return true;
    }

    private Optional<Long> size(Sql sql, QueueLease lease) throws SQLException {
        return sql.first(
                "SELECT size FROM maru_queue_message WHERE " + STANDS,
                row -> row.getLong(1),
                lease.id(),
                lease.attempt(),
                node.getAsLong());
    }

    private static void grow(Sql sql, String queue, long size) throws SQLException {
        sql.update(
                "INSERT INTO maru_queue (name, messages, bytes) VALUES (?, 1, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET messages = maru_queue.messages + 1,"
                        + " bytes = maru_queue.bytes + excluded.bytes",
                queue,
                size);
    }

    private static void shrink(Sql sql, String queue, long size) throws SQLException {
        sql.update("UPDATE maru_queue SET messages = messages - 1, bytes = bytes - ? WHERE name = ?", size, queue);
        sql.update("DELETE FROM maru_queue WHERE name = ? AND messages = 0", queue);
    }

    /** How many there are beside one that is about to be made. */
    private static long otherQueues(Sql sql) throws SQLException {
        if (sql.product() == Product.POSTGRESQL) {
            QueueLocks.lockMaking(sql);
        }
        return sql.first("SELECT count(*) FROM maru_queue", row -> row.getLong(1))
                .orElse(0L);
    }

    private static QueuedMessage message(String queue, ResultSet row) throws SQLException {
        return new QueuedMessage(
                new QueueLease(queue, row.getLong(1), row.getInt(2)),
                row.getString(3),
                new MessageContent(row.getBytes(6), row.getString(4), StoredHeaders.read(row.getBytes(5))));
    }
}
