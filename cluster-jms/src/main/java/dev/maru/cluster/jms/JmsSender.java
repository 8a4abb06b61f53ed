package dev.maru.cluster.jms;

import dev.maru.engine.cluster.ClusterUnavailableException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends over one transacted session. All that waits is sent and committed together: the commit is the one answer that
 * every broker gives, also for messages that it need not keep. What waits is bounded in bytes; more is refused.
 *
 * <p>Safe for any thread; the session is confined to the worker's.
 */
final class JmsSender implements AutoCloseable {
    private static final long MOST_BYTES = 64L << 20;
    private static final long OVERHEAD_BYTES = 128;
    private static final int MOST_TOGETHER = 256;
    private static final long MOST_BYTES_TOGETHER = 1L << 20;

    private final JmsWorker worker;
    private final JmsProducers producers;
    private final Queue<Outgoing> outbox = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile List<Outgoing> underWay = List.of();
    private volatile boolean ended;

    /** Sends one thing within the transaction. */
    @FunctionalInterface
    interface Sending {
        void send(JmsProducers producers) throws JMSException;
    }

    private record Outgoing(Sending sending, long bytes, CompletableFuture<Void> taken) {}

    JmsSender(Session session, Consumer<Throwable> lost) throws JMSException {
        worker = new JmsWorker("send", lost);
        producers = new JmsProducers(session);
    }

    /**
     * Sends this after all that was given before.
     *
     * @param size of what is sent, in bytes
     */
    CompletionStage<Void> send(Sending sending, int size) {
        Outgoing added = new Outgoing(sending, size + OVERHEAD_BYTES, new CompletableFuture<>());
        if (bytes.addAndGet(added.bytes) > MOST_BYTES) {
            settle(added, new ClusterUnavailableException("too much waits for the broker"));
            return added.taken;
        }
        outbox.add(added);
        if (ended) {
            failAll();
        } else {
            schedule();
        }
        return added.taken;
    }

    /** Sends something to nobody, if nothing else is being sent, to see whether the broker answers. */
    void ping() {
        if (outbox.isEmpty()) {
            send(JmsProducers::ping, 0);
        }
    }

    boolean isStuck() {
        return worker.isStuck();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            worker.run(this::flush);
        }
    }

    private void flush() throws JMSException {
        scheduled.set(false);
        List<Outgoing> batch = take();
        underWay = batch;
        if (ended) {
            failAll();
            return;
        }
        try {
            for (Outgoing one : batch) {
                one.sending.send(producers);
            }
            producers.commit();
        } catch (JMSException | RuntimeException e) {
            ended = true;
            failAll();
            throw e;
        }
        underWay = List.of();
        batch.forEach(one -> settle(one, null));
        if (!outbox.isEmpty()) {
            schedule();
        }
    }

    private List<Outgoing> take() {
        List<Outgoing> batch = new ArrayList<>();
        long size = 0;
        while (batch.size() < MOST_TOGETHER && size < MOST_BYTES_TOGETHER) {
            Outgoing next = outbox.poll();
            if (next == null) {
                break;
            }
            batch.add(next);
            size += next.bytes;
        }
        return batch;
    }

    private void failAll() {
        ClusterUnavailableException failure = new ClusterUnavailableException("the broker is not connected");
        underWay.forEach(one -> settle(one, failure));
        for (Outgoing next = outbox.poll(); next != null; next = outbox.poll()) {
            settle(next, failure);
        }
    }

    private void settle(Outgoing one, @Nullable Throwable failure) {
        boolean first = failure == null ? one.taken.complete(null) : one.taken.completeExceptionally(failure);
        if (first) {
            bytes.addAndGet(-one.bytes);
        }
    }

    /** Fails all that is not taken yet. */
    @Override
    public void close() {
        ended = true;
        worker.close();
        failAll();
    }
}
