package dev.maru.engine.queue;

import dev.maru.engine.message.MessageContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One queue of an {@link InMemoryQueueStore}.
 *
 * <p>Guarded by its store's lock.
 */
final class InMemoryQueue {

    /** A message; attempts are those that have begun. */
    record Row(long id, int attempts, @Nullable String origin, MessageContent content, long size) {
        Row withAttempts(int count) {
            return new Row(id, count, origin, content, size);
        }
    }

    private final String name;
    private final TreeMap<Long, Row> waiting = new TreeMap<>();
    private final Map<Long, Row> leased = new HashMap<>();
    private QueueDepth depth = QueueDepth.EMPTY;

    InMemoryQueue(String name) {
        this.name = name;
    }

    boolean isEmpty() {
        return depth.messages() == 0;
    }

    QueueDepth depth() {
        return depth;
    }

    void put(long id, @Nullable String origin, MessageContent content) {
        Row row = row(id, origin, content);
        waiting.put(id, row);
    }

    QueueLease hold(long id, MessageContent content) {
        leased.put(id, row(id, null, content));
        return new QueueLease(name, id, 0);
    }

    private Row row(long id, @Nullable String origin, MessageContent content) {
        Row row = new Row(id, 0, origin, content, QueueLimits.size(content));
        depth = depth.plus(1, row.size());
        return row;
    }

    List<QueuedMessage> lease(int limit) {
        List<QueuedMessage> messages = new ArrayList<>();
        while (messages.size() < limit && !waiting.isEmpty()) {
            Row row = waiting.pollFirstEntry().getValue();
            row = row.withAttempts(row.attempts() + 1);
            leased.put(row.id(), row);
            messages.add(
                    new QueuedMessage(new QueueLease(name, row.id(), row.attempts()), row.origin(), row.content()));
        }
        return messages;
    }

    /** The message of this lease, or null if the lease does not stand any more. */
    @Nullable Row leased(QueueLease lease) {
        Row row = leased.get(lease.id());
        return row != null && row.attempts() == lease.attempt() ? row : null;
    }

    void take(QueueLease lease) {
        Row row = leased(lease);
        if (row != null) {
            leased.remove(row.id());
            depth = depth.plus(-1, -row.size());
        }
    }

    /** Returns whether the lease stood. */
    boolean release(QueueLease lease, boolean delivered) {
        Row row = leased(lease);
        if (row != null) {
            leased.remove(row.id());
            waiting.put(row.id(), delivered ? row : row.withAttempts(Math.max(0, row.attempts() - 1)));
        }
        return row != null;
    }
}
