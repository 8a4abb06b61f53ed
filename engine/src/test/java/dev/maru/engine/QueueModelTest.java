package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.dispatch.QueueSettings;
import dev.maru.engine.queue.InMemoryQueueStore;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueDepth;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import dev.maru.engine.session.CloseReason;
import dev.maru.stomp.StompCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of what can happen to the consumers of one queue, judged by a model that is obviously right: a
 * message is held by one consumer at a time, from its delivery to its settlement; what was put is acknowledged in the
 * end, never lost; and what a consumer sees for the first time comes in the order in which it was put.
 */
class QueueModelTest {
    private static final String WORK = "/queue/work";
    private static final int STEPS = 300;
    private static final int CONSUMERS = 4;

    private final ExecutorService storeThread = Executors.newSingleThreadExecutor();
    private final CheckedStore store = new CheckedStore(storeThread);
    private final EngineFixture fixture = new EngineFixture(
            Engine.builder().queue(WORK, store).queueSettings(new QueueSettings(1000, "/queue/dead-letter")));
    private int published;

    @AfterEach
    void close() {
        fixture.close();
        storeThread.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyMessageIsAcknowledgedByOneOfThem(long seed) {
        Random random = new Random(seed);
        List<Worker> workers = new ArrayList<>();
        IntStream.range(0, CONSUMERS).forEach(i -> workers.add(new Worker(i % 2 == 0)));
        for (int step = 0; step < STEPS; step++) {
            step(random, workers.get(random.nextInt(CONSUMERS)));
        }
        workers.forEach(worker -> worker.client.stuck(false));
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            workers.forEach(worker -> worker.acknowledgeAll());
            return store.waiting() == 0;
        });

        assertThat(store.violations).isEmpty();
        assertThat(store.acknowledged).hasSize(published);
        workers.forEach(worker -> assertThat(worker.firstDeliveries()).isSorted());
        Set<Integer> seen = new HashSet<>();
        workers.forEach(worker -> seen.addAll(worker.everSeen));
        assertThat(seen).hasSize(published);
    }

    private void step(Random random, Worker worker) {
        switch (random.nextInt(12)) {
            case 0 -> worker.crash();
            case 1, 2, 3 -> worker.answerOne(random, StompCommand.ACK);
            case 4, 5 -> worker.answerOne(random, StompCommand.NACK);
            case 6 -> worker.acknowledgeAll();
            case 7 -> worker.resubscribe();
            default -> fixture.publish(WORK, Integer.toString(published++));
        }
    }

    /** A consumer over all its connections. */
    private final class Worker {
        private final boolean individual;
        private final List<Integer> everSeen = new ArrayList<>();
        private final List<Integer> firsts = new ArrayList<>();
        private TestClient client;
        private int looked;
        private List<TestClient.Received> unanswered = new ArrayList<>();

        Worker(boolean individual) {
            this.individual = individual;
            this.client = fixture.connect();
            subscribe();
        }

        void crash() {
            client.drop(CloseReason.CONNECTION_LOST);
            look();
            client = fixture.connect();
            looked = 0;
            unanswered.clear();
            subscribe();
        }

        void resubscribe() {
            int receipts = client.frames(StompCommand.RECEIPT).size();
            client.send(StompCommand.UNSUBSCRIBE, "", "id", "s", "receipt", "gone");
            client.awaitFrames(StompCommand.RECEIPT, receipts + 1);
            look();
            unanswered.clear();
            subscribe();
        }

        void answerOne(Random random, StompCommand command) {
            look();
            if (!unanswered.isEmpty()) {
                int index = random.nextInt(unanswered.size());
                answer(command, unanswered.get(index));
                if (individual) {
                    unanswered.remove(index);
                } else {
                    unanswered = new ArrayList<>(unanswered.subList(index + 1, unanswered.size()));
                }
            }
        }

        void acknowledgeAll() {
            look();
            if (individual) {
                unanswered.forEach(message -> answer(StompCommand.ACK, message));
            } else if (!unanswered.isEmpty()) {
                answer(StompCommand.ACK, unanswered.getLast());
            }
            unanswered.clear();
        }

        List<Integer> firstDeliveries() {
            look();
            return firsts;
        }

        private void subscribe() {
            int receipts = client.frames(StompCommand.RECEIPT).size();
            String mode = individual ? "client-individual" : "client";
            client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", WORK, "ack", mode, "receipt", "r");
            client.awaitFrames(StompCommand.RECEIPT, receipts + 1);
        }

        private void answer(StompCommand command, TestClient.Received message) {
            client.send(command, "", "id", Objects.requireNonNull(message.header("ack")));
        }

        private void look() {
            List<TestClient.Received> messages = client.frames(StompCommand.MESSAGE);
            for (TestClient.Received message : messages.subList(looked, messages.size())) {
                int number = Integer.parseInt(message.body());
                if (message.header("redelivered") == null) {
                    firsts.add(number);
                }
                everSeen.add(number);
                unanswered.add(message);
            }
            looked = messages.size();
        }
    }

    /** Queues in memory that answer on a thread of their own and watch what is done with each message. */
    private static final class CheckedStore implements QueueStore {
        private final QueueStore queues = new InMemoryQueueStore(QueueLimits.DEFAULT);
        private final ExecutorService thread;
        private final Set<Long> leased = ConcurrentHashMap.newKeySet();
        private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
        private final List<String> violations = new ArrayList<>();

        CheckedStore(ExecutorService thread) {
            this.thread = thread;
        }

        long waiting() {
            return queues.depth(WORK).toCompletableFuture().join().messages();
        }

        @Override
        public CompletionStage<List<QueueLease>> apply(List<QueueChange> changes) {
            return later(() -> {
                changes.forEach(this::check);
                return queues.apply(changes);
            });
        }

        @Override
        public CompletionStage<List<QueuedMessage>> lease(String queue, int limit) {
            return later(() -> queues.lease(queue, limit)).thenApply(messages -> {
                messages.forEach(message -> expect(leased.add(message.lease().id()), "leased twice " + message));
                return messages;
            });
        }

        @Override
        public CompletionStage<QueueDepth> depth(String queue) {
            return queues.depth(queue);
        }

        @Override
        public void onWaiting(Consumer<String> listener) {
            queues.onWaiting(listener);
        }

        private void check(QueueChange change) {
            switch (change) {
                case QueueChange.Put put -> {}
                case QueueChange.Hold hold -> expect(false, "held " + change);
                case QueueChange.Acknowledge done -> {
                    expect(leased.remove(done.lease().id()), "not leased " + change);
                    expect(acknowledged.add(done.lease().id()), "acknowledged twice " + change);
                }
                case QueueChange.Release back ->
                    expect(leased.remove(back.lease().id()), "not leased " + change);
                case QueueChange.Bury bury -> expect(false, "buried " + change);
            }
        }

        private synchronized void expect(boolean holds, String otherwise) {
            if (!holds) {
                violations.add(otherwise);
            }
        }

        private <T> CompletionStage<T> later(Supplier<? extends CompletionStage<? extends T>> work) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            thread.execute(() -> work.get().whenComplete((result, error) -> {
                if (error == null) {
                    answer.complete(result);
                } else {
                    answer.completeExceptionally(error);
                }
            }));
            return answer;
        }
    }
}
