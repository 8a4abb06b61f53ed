package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.queue.InMemoryQueueStore;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.session.ApplicationFrame;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.CloseReason;
import dev.maru.stomp.StompCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private static final String PLAIN = EngineFixture.PLAIN;
    private static final String KEPT = EngineFixture.KEPT;
    private static final String WORK = "/queue/work";
    private static final String SMALL = "/queue/small";

    private final InMemoryQueueStore store = new InMemoryQueueStore(new QueueLimits(10, 1_000_000, 10));
    private final List<ApplicationFrame> handled = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> handlers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final EngineFixture fixture = new EngineFixture(Engine.builder()
            .queue("/queue/**", store)
            .authorizer(notSecret())
            .storeTransactions(writes -> {
                if (broken.get()) {
                    throw new IllegalStateException("told to");
                }
                writes.run();
            })
            .application(
                    frame -> {
                        CompletableFuture<Void> returned = new CompletableFuture<>();
                        handlers.add(returned);
                        handled.add(frame);
                        return returned;
                    },
                    "/app/"));
    private final TestClient client = fixture.connect();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void holdsWhatIsSentUntilCommit() {
        TestClient reader = fixture.subscribed(PLAIN);
        begin("t");
        client.send(StompCommand.SEND, "1", "destination", PLAIN, "transaction", "t", "receipt", "s1");
        client.send(StompCommand.SEND, "2", "destination", PLAIN, "transaction", "t");
        client.send(StompCommand.SEND, "outside", "destination", PLAIN, "receipt", "s2");
        assertThat(client.awaitFrames(StompCommand.RECEIPT, 2))
                .extracting(frame -> frame.header("receipt-id"))
                .containsExactly("s1", "s2");
        commit("t");

        assertThat(bodies(reader, 3)).containsExactly("outside", "1", "2");
        assertThat(client.awaitFrames(StompCommand.RECEIPT, 3).getLast().header("receipt-id"))
                .isEqualTo("commit");
    }

    @Test
    void doesNotTellSubscribersOfTheTransaction() {
        TestClient reader = fixture.subscribed(PLAIN);
        begin("t");
        client.send(StompCommand.SEND, "1", "destination", PLAIN, "transaction", "t", "mine", "x");
        commit("t");

        TestClient.Received message = reader.awaitFrame(StompCommand.MESSAGE);
        assertThat(message.header("transaction")).isNull();
        assertThat(message.header("mine")).isEqualTo("x");
    }

    @Test
    void forgetsWhatWasAborted() {
        TestClient reader = fixture.subscribed(PLAIN);
        begin("t");
        client.send(StompCommand.SEND, "1", "destination", PLAIN, "transaction", "t");
        client.send(StompCommand.ABORT, "", "transaction", "t", "receipt", "abort");
        client.awaitFrame(StompCommand.RECEIPT);
        fixture.publish(PLAIN, "after");

        assertThat(bodies(reader, 1)).containsExactly("after");
    }

    @Test
    void forgetsWhatWasOpenWhenTheConnectionBroke() {
        TestClient reader = fixture.subscribed(PLAIN);
        begin("t");
        client.send(StompCommand.SEND, "1", "destination", PLAIN, "transaction", "t", "receipt", "s");
        client.awaitFrame(StompCommand.RECEIPT);
        client.drop(CloseReason.CONNECTION_LOST);
        fixture.publish(PLAIN, "after");

        assertThat(bodies(reader, 1)).containsExactly("after");
    }

    @Test
    void storesAllOfItOrNothing() {
        begin("t");
        send("t", WORK, "1");
        for (int i = 0; i < 11; i++) {
            send("t", SMALL, "too many");
        }
        commit("t");

        TestClient.Received error = client.awaitFrame(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("queue-full");
        assertThat(error.header("receipt-id")).isEqualTo("commit");
        assertThat(depth(WORK)).isZero();
        assertThat(depth(SMALL)).isZero();
    }

    @Test
    void doesNothingIfOneOfItsFramesIsForbidden() {
        TestClient reader = fixture.subscribed(PLAIN);
        begin("t");
        send("t", WORK, "1");
        send("t", PLAIN, "2");
        send("t", "/topic/secret", "3");
        commit("t");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("forbidden");
        fixture.publish(PLAIN, "after");
        assertThat(bodies(reader, 1)).containsExactly("after");
        assertThat(depth(WORK)).isZero();
    }

    @Test
    void acknowledgesInsideATransaction() {
        TestClient consumer = consumerOfTwo();
        List<TestClient.Received> messages = consumer.awaitFrames(StompCommand.MESSAGE, 2);
        consumer.send(StompCommand.BEGIN, "", "transaction", "t");
        consumer.send(StompCommand.ACK, "", "id", ack(messages.get(0)), "transaction", "t");
        consumer.send(StompCommand.SEND, "reply", "destination", SMALL, "transaction", "t", "receipt", "s");
        consumer.awaitFrames(StompCommand.RECEIPT, 2);
        assertThat(depth(WORK)).isEqualTo(2);
        consumer.send(StompCommand.COMMIT, "", "transaction", "t", "receipt", "commit");

        consumer.awaitFrames(StompCommand.RECEIPT, 3);
        assertThat(depth(WORK)).isEqualTo(1);
        assertThat(depth(SMALL)).isEqualTo(1);
    }

    @Test
    void refusesMessagesInsideATransaction() {
        TestClient consumer = consumerOfTwo();
        List<TestClient.Received> messages = consumer.awaitFrames(StompCommand.MESSAGE, 2);
        TestClient other = fixture.subscribed(WORK, "ack", "client");
        consumer.send(StompCommand.BEGIN, "", "transaction", "t");
        consumer.send(StompCommand.NACK, "", "id", ack(messages.get(1)), "transaction", "t");
        consumer.send(StompCommand.COMMIT, "", "transaction", "t");

        assertThat(bodies(other, 1)).containsExactly("m2");
    }

    @Test
    void leavesMessagesUnacknowledgedIfTheTransactionFails() {
        TestClient consumer = consumerOfTwo();
        consumer.send(StompCommand.SUBSCRIBE, "", "id", "e", "destination", "/user/queue/errors");
        List<TestClient.Received> messages = consumer.awaitFrames(StompCommand.MESSAGE, 2);
        consumer.send(StompCommand.BEGIN, "", "transaction", "t");
        consumer.send(StompCommand.ACK, "", "id", ack(messages.get(0)), "transaction", "t");
        for (int i = 0; i < 11; i++) {
            consumer.send(StompCommand.SEND, "x", "destination", SMALL, "transaction", "t");
        }
        consumer.send(StompCommand.COMMIT, "", "transaction", "t", "receipt", "commit");

        TestClient.Received told = consumer.awaitFrames(StompCommand.MESSAGE, 3).getLast();
        assertThat(told.header("message")).isEqualTo("queue-full");
        assertThat(told.header("receipt-id")).isEqualTo("commit");
        assertThat(depth(WORK)).isEqualTo(2);
        consumer.send(StompCommand.ACK, "", "id", ack(messages.get(0)));
        await().until(() -> depth(WORK) == 1);
    }

    @Test
    void endsTheConnectionForAnUnknownAckInATransactionAndUndoesTheOthers() {
        TestClient consumer = consumerOfTwo();
        List<TestClient.Received> messages = consumer.awaitFrames(StompCommand.MESSAGE, 2);
        consumer.send(StompCommand.BEGIN, "", "transaction", "t");
        consumer.send(StompCommand.ACK, "", "id", ack(messages.get(0)), "transaction", "t");
        consumer.send(StompCommand.ACK, "", "id", "nothing", "transaction", "t");
        consumer.send(StompCommand.COMMIT, "", "transaction", "t", "receipt", "commit");

        assertThat(consumer.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("unknown-ack");
        assertThat(bodies(fixture.subscribed(WORK, "ack", "client"), 2)).containsExactly("m1", "m2");
    }

    @Test
    void storesInHistoryBeforeItReceipts() {
        fixture.log.hold();
        begin("t");
        send("t", KEPT, "1");
        commit("t");
        await().until(() -> fixture.log.held() == 1);
        assertThat(client.frames(StompCommand.RECEIPT)).isEmpty();
        fixture.log.release();

        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("receipt-id")).isEqualTo("commit");
    }

    @Test
    void handsFramesToTheApplicationInOrderWithoutInterruption() {
        begin("t");
        send("t", "/app/a", "1");
        send("t", "/app/b", "2");
        commit("t");
        client.send(StompCommand.SEND, "later", "destination", "/app/c");

        await().until(() -> handled.size() == 1);
        handlers.get(0).complete(null);
        await().until(() -> handled.size() == 2);
        client.settle(() -> assertThat(client.frames(StompCommand.RECEIPT)).isEmpty());
        handlers.get(1).complete(null);
        client.awaitFrame(StompCommand.RECEIPT);
        await().until(() -> handled.size() == 3);
        assertThat(handled)
                .extracting(frame -> new String(frame.body(), StandardCharsets.UTF_8))
                .containsExactly("1", "2", "later");
    }

    @Test
    void waitsForWhatTheApplicationStores() {
        CompletableFuture<Void> appended = new CompletableFuture<>();
        begin("t");
        send("t", "/app/a", "1");
        commit("t");
        await().until(() -> handled.size() == 1);
        handled.getFirst().scope().join(appended);
        handlers.getFirst().complete(null);
        client.settle(() -> assertThat(client.frames(StompCommand.RECEIPT)).isEmpty());
        appended.complete(null);

        client.awaitFrame(StompCommand.RECEIPT);
    }

    @Test
    void reportsWhatTheApplicationRefusesAndUndoesNothing() {
        TestClient reader = fixture.subscribed(PLAIN);
        begin("t");
        send("t", WORK, "1");
        send("t", "/app/a", "2");
        send("t", PLAIN, "3");
        commit("t");
        await().until(() -> handled.size() == 1);
        handlers.getFirst().completeExceptionally(new Refusal(SessionFault.CONFLICT, "not so"));

        TestClient.Received error = client.awaitFrame(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("conflict");
        assertThat(error.header("receipt-id")).isEqualTo("commit");
        assertThat(bodies(reader, 1)).containsExactly("3");
        assertThat(depth(WORK)).isEqualTo(1);
    }

    @Test
    void reportsEverythingThatTheApplicationRefusesInOrder() {
        client.send(StompCommand.SUBSCRIBE, "", "id", "e", "destination", "/user/queue/errors");
        begin("t");
        send("t", "/app/a", "1");
        send("t", "/app/b", "2");
        commit("t");
        await().until(() -> handled.size() == 1);
        handlers.get(0).completeExceptionally(new Refusal(SessionFault.CONFLICT, "first"));
        await().until(() -> handled.size() == 2);
        handlers.get(1).completeExceptionally(new Refusal(SessionFault.UNAVAILABLE, "second"));

        List<TestClient.Received> told = client.awaitFrames(StompCommand.MESSAGE, 2);
        assertThat(told).extracting(frame -> frame.header("message")).containsExactly("conflict", "unavailable");
        assertThat(told.getFirst().header("receipt-id")).isEqualTo("commit");
    }

    @Test
    void tellsOfOneRefusalOnlyWhereThatEndsTheConnection() {
        begin("t");
        send("t", "/app/a", "1");
        send("t", "/app/b", "2");
        commit("t");
        for (int i = 0; i < 2; i++) {
            int count = i + 1;
            await().until(() -> handled.size() == count);
            handlers.get(i).completeExceptionally(new Refusal(SessionFault.CONFLICT, "no"));
        }

        await().until(() -> client.closed() == CloseReason.REFUSED);
        assertThat(client.frames(StompCommand.ERROR)).hasSize(1);
    }

    @Test
    void showsWhatItStoredInTheOrderOfTheFrames() {
        TestClient consumer = fixture.subscribed(WORK, "ack", "client");
        TestClient kept = fixture.subscribed(KEPT);
        TestClient plain = fixture.subscribed(PLAIN);
        begin("t");
        send("t", "/app/a", "1");
        send("t", WORK, "2");
        send("t", KEPT, "3");
        send("t", PLAIN, "4");
        commit("t");
        await().until(() -> handled.size() == 1);
        assertThat(depth(WORK)).isEqualTo(1);
        assertThat(fixture.log.size(KEPT)).isEqualTo(1);
        seenByNobody(consumer, kept, plain);
        handlers.getFirst().complete(null);

        assertThat(bodies(consumer, 1)).containsExactly("2");
        assertThat(bodies(kept, 1)).containsExactly("3");
        assertThat(bodies(plain, 1)).containsExactly("4");
        assertThat(consumer.awaitFrame(StompCommand.MESSAGE).header("redelivered"))
                .isNull();
        client.awaitFrame(StompCommand.RECEIPT);
    }

    @Test
    void showsWhatStandsBeforeAnApplicationFrameBeforeItIsHandled() {
        TestClient kept = fixture.subscribed(KEPT);
        TestClient consumer = fixture.subscribed(WORK, "ack", "client");
        begin("t");
        send("t", KEPT, "1");
        send("t", WORK, "2");
        send("t", "/app/a", "3");
        send("t", KEPT, "4");
        send("t", WORK, "5");
        commit("t");
        await().until(() -> handled.size() == 1);

        assertThat(bodies(kept, 1)).containsExactly("1");
        assertThat(bodies(consumer, 1)).containsExactly("2");
        seenByNobody();
        handlers.getFirst().complete(null);
        assertThat(bodies(kept, 2)).containsExactly("1", "4");
        assertThat(bodies(consumer, 2)).containsExactly("2", "5");
    }

    @Test
    void holdsUpOnlyWhatOthersStoreBehindItAndLosesNoneOfThat() {
        TestClient kept = fixture.subscribed(KEPT);
        begin("t");
        send("t", "/app/a", "1");
        send("t", KEPT, "mine");
        fixture.log.hold();
        fixture.publish(KEPT, "before");
        commit("t");
        await().until(() -> fixture.log.held() == 2);
        fixture.log.release();
        await().until(() -> handled.size() == 1);
        fixture.publish(KEPT, "behind");

        assertThat(bodies(kept, 1)).containsExactly("before");
        seenByNobody();
        handlers.getFirst().complete(null);
        assertThat(bodies(kept, 3)).containsExactly("before", "mine", "behind");
    }

    @Test
    void showsWhatOthersStoredAfterAFewSecondsWhateverTheApplicationDoes() {
        TestClient kept = fixture.subscribed(KEPT);
        begin("t");
        send("t", "/app/a", "1");
        send("t", KEPT, "mine");
        commit("t");
        await().until(() -> handled.size() == 1);
        fixture.publish(KEPT, "behind");

        assertThat(bodies(kept, 2)).containsExactly("mine", "behind");
        assertThat(handlers.getFirst()).isNotDone();
    }

    @Test
    void holdsNothingUpWhenItFails() {
        TestClient kept = fixture.subscribed(KEPT);
        begin("t");
        send("t", "/app/a", "1");
        send("t", KEPT, "2");
        for (int i = 0; i < 11; i++) {
            send("t", SMALL, "too many");
        }
        commit("t");
        client.awaitFrame(StompCommand.ERROR);
        fixture.publish(KEPT, "later");

        await().until(() -> !kept.frames(StompCommand.MESSAGE).isEmpty());
        assertThat(kept.frames(StompCommand.MESSAGE).getLast().body()).isEqualTo("later");
        assertThat(handled).isEmpty();
    }

    @Test
    void leavesMessagesUnacknowledgedIfTheStoreThrows() {
        TestClient consumer = consumerOfTwo();
        consumer.send(StompCommand.SUBSCRIBE, "", "id", "e", "destination", "/user/queue/errors");
        List<TestClient.Received> messages = consumer.awaitFrames(StompCommand.MESSAGE, 2);
        consumer.send(StompCommand.BEGIN, "", "transaction", "t");
        consumer.send(StompCommand.ACK, "", "id", ack(messages.get(0)), "transaction", "t");
        broken.set(true);
        consumer.send(StompCommand.COMMIT, "", "transaction", "t");

        consumer.awaitFrames(StompCommand.MESSAGE, 3);
        broken.set(false);
        consumer.send(StompCommand.ACK, "", "id", ack(messages.get(0)));
        await().until(() -> depth(WORK) == 1);
    }

    private void seenByNobody(TestClient... readers) {
        client.settle(() -> assertThat(client.frames(StompCommand.RECEIPT)).isEmpty());
        for (TestClient reader : readers) {
            reader.settle(() -> assertThat(reader.frames(StompCommand.MESSAGE)).isEmpty());
        }
    }

    private TestClient consumerOfTwo() {
        fixture.publish(WORK, "m1");
        fixture.publish(WORK, "m2");
        return fixture.subscribed(WORK, "ack", "client-individual");
    }

    private void begin(String name) {
        client.send(StompCommand.BEGIN, "", "transaction", name);
    }

    private void send(String transaction, String destination, String body) {
        client.send(StompCommand.SEND, body, "destination", destination, "transaction", transaction);
    }

    private void commit(String name) {
        client.send(StompCommand.COMMIT, "", "transaction", name, "receipt", "commit");
    }

    private long depth(String queue) {
        return store.depth(queue).toCompletableFuture().join().messages();
    }

    private static List<String> bodies(TestClient reader, int count) {
        return reader.awaitFrames(StompCommand.MESSAGE, count).stream()
                .map(TestClient.Received::body)
                .toList();
    }

    private static String ack(TestClient.Received message) {
        return Objects.requireNonNull(message.header("ack"));
    }

    private static Authorizer notSecret() {
        return (session, command, destination, headers) -> destination.contains("secret")
                ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "not for you"))
                : CompletableFuture.completedStage(null);
    }
}
