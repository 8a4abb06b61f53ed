package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.dispatch.QueueSettings;
import dev.maru.engine.history.LogUnavailableException;
import dev.maru.engine.queue.InMemoryQueueStore;
import dev.maru.engine.queue.QueueChange;
import dev.maru.engine.queue.QueueDepth;
import dev.maru.engine.queue.QueueLease;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.engine.queue.QueuedMessage;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueTest {
    private static final String WORK = "/queue/work";
    private static final String DEAD = QueueSettings.DEFAULT.deadLetters();

    private final FailingStore store = new FailingStore();
    private final EngineFixture fixture =
            new EngineFixture(Engine.builder().queue("/queue/**", store).alias("/queue/jobs", WORK));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keepsAMessageUntilSomebodyComes() {
        publish(1, 4);

        assertThat(bodies(consumer("client"), 3)).containsExactly("m1", "m2", "m3");
    }

    @Test
    void receiptsASendWhenItIsStoredWithoutAPosition() {
        TestClient client = fixture.connect();
        client.send(StompCommand.SEND, "m", "destination", WORK, "receipt", "1");

        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("position")).isNull();
        assertThat(depth(WORK)).isEqualTo(1);
    }

    @Test
    void receiptsASubscriptionBeforeItsFirstMessageWithoutAPosition() {
        publish(1, 2);
        TestClient client = consumer("client");
        client.awaitFrame(StompCommand.MESSAGE);

        assertThat(client.received)
                .extracting(TestClient.Received::command)
                .containsExactly(StompCommand.CONNECTED, StompCommand.RECEIPT, StompCommand.MESSAGE);
        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("position")).isNull();
    }

    @Test
    void servesConsumersInTurnInTheOrderTheySubscribed() {
        List<TestClient> clients = List.of(consumer("client"), consumer("client"), consumer("client"));
        publish(1, 7);

        assertThat(bodies(clients.get(0), 2)).containsExactly("m1", "m4");
        assertThat(bodies(clients.get(1), 2)).containsExactly("m2", "m5");
        assertThat(bodies(clients.get(2), 2)).containsExactly("m3", "m6");
    }

    @Test
    void forgetsAMessageWhenItIsAcknowledged() {
        TestClient client = consumer("client-individual");
        publish(1, 3);
        List<TestClient.Received> messages = client.awaitFrames(StompCommand.MESSAGE, 2);
        assertThat(depth(WORK)).isEqualTo(2);

        ack(client, messages.getLast());
        await().until(() -> depth(WORK) == 1);
        client.drop(CloseReason.CONNECTION_LOST);

        assertThat(bodies(consumer("client"), 1)).containsExactly("m1");
    }

    @Test
    void takesAMessageForAcknowledgedWhenItIsWrittenToAClientThatDoesNotAcknowledge() {
        TestClient client = consumer("auto");
        publish(1, 200);

        client.awaitFrames(StompCommand.MESSAGE, 199);
        await().until(() -> depth(WORK) == 0);
    }

    @Test
    void redeliversToAnotherConsumerAfterNack() {
        TestClient first = consumer("client-individual");
        publish(1, 2);
        TestClient.Received message = first.awaitFrame(StompCommand.MESSAGE);
        assertThat(message.header("redelivered")).isNull();
        TestClient second = consumer("client-individual");

        nack(first, message);

        TestClient.Received again = second.awaitFrame(StompCommand.MESSAGE);
        assertThat(again.body()).isEqualTo("m1");
        assertThat(again.header("redelivered")).isEqualTo("true");
        assertThat(again.header("delivery-attempt")).isEqualTo("2");
        assertThat(again.header("message-id")).isEqualTo(message.header("message-id"));
        assertThat(first.frames(StompCommand.MESSAGE)).hasSize(1);
    }

    @Test
    void redeliversToTheSameConsumerIfThereIsNoOther() {
        TestClient only = consumer("client-individual");
        publish(1, 2);
        nack(only, only.awaitFrame(StompCommand.MESSAGE));

        assertThat(only.awaitFrames(StompCommand.MESSAGE, 2).getLast().header("delivery-attempt"))
                .isEqualTo("2");
    }

    @Test
    void redeliversInOrderWhatAConsumerHadWhenItsConnectionBroke() {
        TestClient lost = consumer("client");
        publish(1, 4);
        lost.awaitFrames(StompCommand.MESSAGE, 3);
        TestClient other = consumer("client");

        lost.drop(CloseReason.CONNECTION_LOST);

        assertThat(bodies(other, 3)).containsExactly("m1", "m2", "m3");
    }

    @Test
    void redeliversWhatAConsumerHadWhenItUnsubscribed() {
        TestClient gone = consumer("client");
        publish(1, 3);
        gone.awaitFrames(StompCommand.MESSAGE, 2);
        TestClient other = consumer("client");

        gone.send(StompCommand.UNSUBSCRIBE, "", "id", "s");

        assertThat(bodies(other, 2)).containsExactly("m1", "m2");
    }

    @Test
    void refusesAnAckAfterUnsubscribe() {
        TestClient client = consumer("client");
        publish(1, 2);
        TestClient.Received message = client.awaitFrame(StompCommand.MESSAGE);
        client.send(StompCommand.UNSUBSCRIBE, "", "id", "s");

        ack(client, message);

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("unknown-ack");
        assertThat(bodies(consumer("client"), 1)).containsExactly("m1");
    }

    @Test
    void buriesAMessageThatNobodyAcknowledges() {
        TestClient client = consumer("client-individual");
        publish(1, 2);
        for (int attempt = 1; attempt <= QueueSettings.DEFAULT.deliveryAttempts(); attempt++) {
            nack(client, client.awaitFrames(StompCommand.MESSAGE, attempt).getLast());
        }

        TestClient undertaker = fixture.subscribed(DEAD, "ack", "client");
        TestClient.Received dead = undertaker.awaitFrame(StompCommand.MESSAGE);
        assertThat(dead.body()).isEqualTo("m1");
        assertThat(dead.header("original-destination")).isEqualTo(WORK);
        assertThat(dead.header("redelivered")).isNull();
        assertThat(depth(WORK)).isZero();
    }

    @Test
    void neverBuriesWhatIsGivenUpByUnsubscribing() {
        TestClient fickle = fixture.connect();
        publish(1, 2);
        for (int round = 1; round <= 3 * QueueSettings.DEFAULT.deliveryAttempts(); round++) {
            fickle.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", WORK, "ack", "client");
            fickle.awaitFrames(StompCommand.MESSAGE, round);
            fickle.send(StompCommand.UNSUBSCRIBE, "", "id", "s");
        }

        TestClient.Received message = consumer("client").awaitFrame(StompCommand.MESSAGE);
        assertThat(message.header("redelivered")).isEqualTo("true");
        assertThat(message.header("delivery-attempt")).isEqualTo("2");
        assertThat(depth(DEAD)).isZero();
    }

    @Test
    void leasesLittleForAConsumerThatComesAndGoes() {
        publish(0, 1_000);
        TestClient fickle = fixture.connect();
        fickle.stuck(true);
        for (int round = 0; round < 20; round++) {
            fickle.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", WORK, "ack", "client");
            fickle.send(StompCommand.UNSUBSCRIBE, "", "id", "s", "receipt", "gone" + round);
        }
        fickle.stuck(false);
        fickle.awaitFrames(StompCommand.RECEIPT, 20);

        long written = fickle.received.stream()
                .filter(frame -> frame.command() == StompCommand.MESSAGE)
                .count();
        assertThat(store.leased.get()).isLessThanOrEqualTo((int) (2 * written + 20 * 4));
    }

    @Test
    void neverBuriesADeadLetter() {
        fixture.publish(DEAD, "m");
        TestClient client = fixture.subscribed(DEAD, "ack", "client");
        for (int attempt = 1; attempt <= 2 * QueueSettings.DEFAULT.deliveryAttempts(); attempt++) {
            nack(client, client.awaitFrames(StompCommand.MESSAGE, attempt).getLast());
        }

        assertThat(client.awaitFrames(StompCommand.MESSAGE, 11).getLast().header("delivery-attempt"))
                .isEqualTo("11");
    }

    @Test
    void givesNothingToAConsumerWhoseWindowIsFullAndEverythingToTheOthers() {
        int window = SessionLimits.DEFAULT.unacknowledgedMessages();
        TestClient full = consumer("client-individual");
        publish(0, window);
        full.awaitFrames(StompCommand.MESSAGE, window);
        TestClient other = consumer("client-individual");

        publish(window, window + 50);
        other.awaitFrames(StompCommand.MESSAGE, 50);
        other.drop(CloseReason.CONNECTION_LOST);
        ack(full, full.frames(StompCommand.MESSAGE).getFirst());

        assertThat(full.awaitFrames(StompCommand.MESSAGE, window + 1).getLast().body())
                .isEqualTo("m" + window);
    }

    @Test
    void givesTheRestToAConsumerThatRefusesWhatNobodyElseHasRoomFor() {
        int window = SessionLimits.DEFAULT.unacknowledgedMessages();
        TestClient full = consumer("client-individual");
        publish(0, window);
        full.awaitFrames(StompCommand.MESSAGE, window);
        TestClient refuser = consumer("client-individual");

        for (int i = 0; i < 100; i++) {
            publish(window + i, window + i + 1);
            nack(refuser, awaitBody(refuser, "m" + (window + i)));
        }
    }

    @Test
    void givesNothingMoreToASlowConsumerAndLosesNothing() {
        TestClient slow = consumer("client");
        slow.stuck(true);
        TestClient quick = consumer("client");
        String large = "x".repeat(100_000);
        for (int i = 0; i < 60; i++) {
            fixture.publish(WORK, large);
        }

        await().until(() -> quick.frames(StompCommand.MESSAGE).size() > 35);
        assertThat(slow.unsentBytes()).isLessThan(2L * SessionLimits.DEFAULT.unsentBytes());
        slow.stuck(false);
        await().until(() -> slow.frames(StompCommand.MESSAGE).size()
                        + quick.frames(StompCommand.MESSAGE).size()
                == 60);
    }

    @Test
    void writesNothingToAConnectionThatIsBeingClosed() {
        TestClient client = consumer("auto");
        client.send(StompCommand.DISCONNECT, "");
        publish(1, 3);
        await().until(() -> client.closed() != null);

        TestClient other = consumer("auto");
        await().until(() -> client.frames(StompCommand.MESSAGE).size()
                        + other.frames(StompCommand.MESSAGE).size()
                == 2);
    }

    @Test
    void isOneQueueUnderItsOtherName() {
        publish(1, 2);
        TestClient client = fixture.subscribed("/queue/jobs", "ack", "client");

        assertThat(client.awaitFrame(StompCommand.MESSAGE).header("destination"))
                .isEqualTo("/queue/jobs");
    }

    @Test
    void refusesToSubscribeToQueuesByPattern() {
        TestClient client = fixture.connect();
        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", "/queue/*");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("invalid-header");
    }

    @Test
    void refusesToSendToAQueueThatNobodyCouldSubscribeTo() {
        TestClient client = fixture.connect();
        client.send(StompCommand.SEND, "m", "destination", "/queue/*", "receipt", "r");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("invalid-header");
    }

    @Test
    void refusesASendToAFullQueue() {
        TestClient client = fixture.connect();
        for (int i = 0; i <= FailingStore.LIMITS.messages(); i++) {
            client.send(StompCommand.SEND, "m", "destination", WORK);
        }

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("queue-full");
        assertThat(depth(WORK)).isEqualTo(FailingStore.LIMITS.messages());
    }

    @Test
    void tellsWhenTheStoreFailsAndKeepsTheMessageUnacknowledged() {
        TestClient client = consumer("client");
        client.send(StompCommand.SUBSCRIBE, "", "id", "e", "destination", "/user/queue/errors", "receipt", "e");
        client.awaitFrames(StompCommand.RECEIPT, 2);
        publish(1, 2);
        TestClient.Received message = client.awaitFrame(StompCommand.MESSAGE);
        store.failures.set(1);

        ack(client, message);
        assertThat(client.awaitFrames(StompCommand.MESSAGE, 2).getLast().header("message"))
                .isEqualTo("unavailable");
        ack(client, message);

        await().until(() -> depth(WORK) == 0);
    }

    @Test
    void settlesWhatALostConsumerHadOnceTheStoreAnswersAgain() {
        TestClient lost = consumer("client");
        publish(1, 2);
        lost.awaitFrame(StompCommand.MESSAGE);
        store.failures.set(1);
        lost.drop(CloseReason.CONNECTION_LOST);

        assertThat(bodies(consumer("client"), 1)).containsExactly("m1");
    }

    @Test
    void asksAgainForAQueueThatCouldNotBeRead() {
        publish(1, 2);
        store.failures.set(1);

        assertThat(bodies(consumer("client"), 1)).containsExactly("m1");
    }

    @Test
    void doesNotLetClientsClaimToBeARedelivery() {
        TestClient client = consumer("client");
        client.send(StompCommand.SEND, "m", "destination", WORK, "redelivered", "true", "ack", "x", "mine", "yes");

        TestClient.Received message = client.awaitFrame(StompCommand.MESSAGE);
        assertThat(message.header("redelivered")).isNull();
        assertThat(message.header("ack")).isNotEqualTo("x");
        assertThat(message.header("mine")).isEqualTo("yes");
    }

    @Test
    void keepsTheQueuesOfAUserOutOfIt() {
        TestClient one = fixture.subscribed("/user/queue/answers", "ack", "auto");
        TestClient other = fixture.subscribed("/user/queue/answers", "ack", "auto");
        one.send(StompCommand.SUBSCRIBE, "", "id", "t", "destination", "/user/queue/answers", "receipt", "t");
        one.awaitFrames(StompCommand.RECEIPT, 2);
        String user =
                Objects.requireNonNull(one.awaitFrame(StompCommand.CONNECTED).header("session"));

        fixture.publish("/user/" + user + "/queue/answers", "for one");

        one.awaitFrames(StompCommand.MESSAGE, 2);
        assertThat(other.frames(StompCommand.MESSAGE)).isEmpty();
    }

    private TestClient consumer(String ackMode) {
        return fixture.subscribed(WORK, "ack", ackMode);
    }

    private void publish(int from, int to) {
        IntStream.range(from, to).forEach(i -> fixture.publish(WORK, "m" + i));
    }

    private long depth(String queue) {
        return store.depth(queue).toCompletableFuture().join().messages();
    }

    private static List<String> bodies(TestClient client, int count) {
        return client.awaitFrames(StompCommand.MESSAGE, count).stream()
                .map(TestClient.Received::body)
                .toList();
    }

    private static TestClient.Received awaitBody(TestClient client, String body) {
        return await().until(
                        () -> client.received.stream()
                                .filter(frame -> frame.body().equals(body))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void ack(TestClient client, TestClient.Received message) {
        client.send(StompCommand.ACK, "", "id", Objects.requireNonNull(message.header("ack")));
    }

    private static void nack(TestClient client, TestClient.Received message) {
        client.send(StompCommand.NACK, "", "id", Objects.requireNonNull(message.header("ack")));
    }

    /** Queues in memory that fail as often as they are told to. */
    private static final class FailingStore implements QueueStore {
        static final QueueLimits LIMITS = new QueueLimits(1_500, 10_000_000, 10);

        private final QueueStore queues = new InMemoryQueueStore(LIMITS);
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger leased = new AtomicInteger();

        @Override
        public CompletionStage<List<QueueLease>> apply(List<QueueChange> changes) {
            return fails() ? failed() : queues.apply(changes);
        }

        @Override
        public CompletionStage<List<QueuedMessage>> lease(String queue, int limit) {
            return fails()
                    ? failed()
                    : queues.lease(queue, limit).whenComplete((messages, _) -> leased.addAndGet(messages.size()));
        }

        @Override
        public CompletionStage<QueueDepth> depth(String queue) {
            return queues.depth(queue);
        }

        @Override
        public void onWaiting(Consumer<String> listener) {
            queues.onWaiting(listener);
        }

        private boolean fails() {
            return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        }

        private static <T> CompletionStage<T> failed() {
            return CompletableFuture.failedStage(new LogUnavailableException("told to", new IOException()));
        }
    }
}
