package dev.maru.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTasksTest {
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final Session ann = new NamedSession("ann");
    private final Session bob = new NamedSession("bob");
    private final SessionTasks tasks = new SessionTasks(threads::add, 2);

    @Test
    void runsNothingOnTheCallersThread() {
        tasks.run(ann, () -> ran.add("task"));
        assertThat(ran).isEmpty();
        threads.remove().run();
        assertThat(ran).containsExactly("task");
    }

    @Test
    void takesOneThreadForTheTasksOfOneSession() {
        tasks.run(ann, () -> ran.add("1"));
        tasks.run(ann, () -> ran.add("2"));
        tasks.run(bob, () -> ran.add("b"));
        assertThat(threads).hasSize(2);
        threads.remove().run();
        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void runsWhatATaskAddsAfterTheOthers() {
        tasks.run(ann, () -> tasks.run(ann, () -> ran.add("added")));
        tasks.run(ann, () -> ran.add("there before"));
        threads.remove().run();
        assertThat(ran).containsExactly("there before", "added");
        assertThat(threads).isEmpty();
    }

    @Test
    void startsAgainAfterItRanDry() {
        tasks.run(ann, () -> ran.add("1"));
        threads.remove().run();
        tasks.run(ann, () -> ran.add("2"));
        threads.remove().run();
        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void goesOnAfterATaskThatFails() {
        tasks.run(ann, () -> {
            throw new IllegalStateException("on purpose");
        });
        tasks.run(ann, () -> ran.add("next"));
        threads.remove().run();
        assertThat(ran).containsExactly("next");
    }

    @Test
    void refusesWhatASessionOffersBeyondItsShareAndOnlyThat() {
        assertThat(tasks.offer(ann, () -> ran.add("1"))).isTrue();
        assertThat(tasks.offer(ann, () -> ran.add("2"))).isTrue();
        assertThat(tasks.offer(ann, () -> ran.add("3"))).isFalse();
        assertThat(tasks.offer(bob, () -> ran.add("b"))).isTrue();
        tasks.run(ann, () -> ran.add("anyway"));
        threads.remove().run();
        assertThat(ran).containsExactly("1", "2", "anyway");
    }

    @Test
    void findsAThreadWhereTheExecutorHasNone() throws Exception {
        SessionTasks full = new SessionTasks(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                2);
        CountDownLatch done = new CountDownLatch(1);
        full.run(ann, done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsTheOrderOfEachSessionOnManyThreads() throws Exception {
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(10_000);
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            SessionTasks pooled = new SessionTasks(pool, 1);
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                pooled.run(ann, () -> {
                    order.add(number);
                    done.countDown();
                });
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    private record NamedSession(String id) implements Session {
        @Override
        public Handshake handshake() {
            return new Handshake(
                    "/ws", Map.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "websocket");
        }

        @Override
        public @Nullable SessionUser user() {
            return null;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Map<String, Object> attributes() {
            return Map.of();
        }

        @Override
        public void send(String destination, MessageContent content) {}

        @Override
        public void close(CloseReason reason) {}
    }
}
