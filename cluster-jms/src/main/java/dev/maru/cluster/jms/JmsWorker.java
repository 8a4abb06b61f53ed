package dev.maru.cluster.jms;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread on which JMS may block, since its sessions belong to one thread at a time. Knows when it is stuck: a client may
 * wait for an answer of its broker for ever.
 *
 * <p>Safe for any thread.
 */
final class JmsWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JmsWorker.class);
    private static final long STUCK_NANOS = Duration.ofSeconds(4).toNanos();

    private final ExecutorService thread;
    private final Consumer<Throwable> lost;
    private volatile boolean busy;
    private volatile long busySince;

    /** What is done with JMS. */
    @FunctionalInterface
    interface Task {
        void run() throws JMSException;
    }

    /** @param lost is told when a task fails */
    JmsWorker(String name, Consumer<Throwable> lost) {
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("maru-jms-" + name).factory());
        this.lost = lost;
    }

    /** Does this after all that was given before; or never, after the end. */
    void run(Task task) {
        try {
            thread.execute(() -> runMeasured(task));
        } catch (RejectedExecutionException e) {
            log.trace("closed meanwhile", e);
        }
    }

    private void runMeasured(Task task) {
        busySince = System.nanoTime();
        busy = true;
        try {
            task.run();
        } catch (JMSException | RuntimeException e) {
            lost.accept(e);
        } finally {
            busy = false;
        }
    }

    /** Whether a task takes suspiciously long. */
    boolean isStuck() {
        return busy && System.nanoTime() - busySince > STUCK_NANOS;
    }

    /** Takes no more tasks, and waits for none. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
