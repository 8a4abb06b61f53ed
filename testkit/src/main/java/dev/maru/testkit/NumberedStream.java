package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.cluster.ClusterBroker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbers to one partition as fast as the broker takes them, on a thread of its own, whatever happens to the
 * broker; and judges what a listener was told of them.
 *
 * <p>Safe for any thread.
 */
public final class NumberedStream {
    private static final int UNCONFIRMED = 500;
    private static final long REFUSED_NANOS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ClusterBroker broker;
    private final int partition;
    private final Semaphore window = new Semaphore(UNCONFIRMED);
    private final Queue<Integer> confirmed = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean ended;

    private NumberedStream(ClusterBroker broker, int partition) {
        this.broker = broker;
        this.partition = partition;
        thread = Thread.ofPlatform().daemon().start(this::publish);
    }

    public static NumberedStream start(ClusterBroker broker, int partition) {
        return new NumberedStream(broker, partition);
    }

    /** How many were confirmed so far. */
    public int confirmed() {
        return confirmed.size();
    }

    /** Stops publishing, and waits until it is known of every number whether the broker took it. */
    public void end() throws InterruptedException {
        ended = true;
        thread.join(PATIENCE);
        assertThat(window.tryAcquire(UNCONFIRMED, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("every stage completes")
                .isTrue();
    }

    /**
     * Every number that was confirmed was heard, or the listener was told at that place that it may have missed
     * something; and numbers only rose.
     */
    public void judge(List<String> told) {
        Judgement judgement = new Judgement();
        told.forEach(judgement::hear);
        judgement.end();
    }

    private void publish() {
        for (int number = 1; !ended; number++) {
            window.acquireUninterruptibly();
            int published = number;
            broker.publish(partition, Integer.toString(number).getBytes(UTF_8))
                    .whenComplete((_, failure) -> settle(published, failure));
            if (!broker.isConnected()) {
                LockSupport.parkNanos(REFUSED_NANOS);
            }
        }
    }

    private void settle(int number, @Nullable Throwable failure) {
        window.release();
        if (failure == null) {
            confirmed.add(number);
        }
    }

    private final class Judgement {
        private final List<Integer> awaited = confirmed.stream().sorted().toList();
        private int next;
        private int last;
        private boolean excused;

        void hear(String told) {
            if (told.equals(RecordingReceiver.CONNECTED) || told.equals(RecordingReceiver.DISCONNECTED)) {
                excused = true;
                return;
            }
            int number = Integer.parseInt(told);
            assertThat(number).as("numbers rise").isGreaterThan(last);
            last = number;
            while (next < awaited.size() && awaited.get(next) < number) {
                assertThat(excused)
                        .as("%s was confirmed, and never heard", awaited.get(next))
                        .isTrue();
                next++;
            }
            next += next < awaited.size() && awaited.get(next) == number ? 1 : 0;
            excused = false;
        }

        void end() {
            assertThat(next == awaited.size() || excused)
                    .as("the last ones were heard")
                    .isTrue();
        }
    }
}
