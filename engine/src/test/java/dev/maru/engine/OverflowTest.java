package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.destination.OverflowPolicy;
import dev.maru.engine.fanout.OverflowLimits;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages for a client that takes no more, on destinations that keep nothing. */
class OverflowTest {
    private static final String PLAIN = EngineFixture.PLAIN;
    private static final String FILLER = "/topic/kept/filler";
    private static final OverflowLimits FOUR = new OverflowLimits(4, 10_000);

    private @Nullable EngineFixture fixture;

    @AfterEach
    void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    void dropsTheOldestWhereThePolicySaysSo() {
        TestClient slow = stuckReader(OverflowPolicy.DROP_OLDEST);

        publish(PLAIN, "m", 10);
        unstick(slow);

        assertThat(texts(slow)).containsExactly("m6", "m7", "m8", "m9");
        assertThat(engine().slowConsumers().droppedMessages()).isEqualTo(6);
    }

    @Test
    void dropsTheNewestWhereThePolicySaysSo() {
        TestClient slow = stuckReader(OverflowPolicy.DROP_NEWEST);

        publish(PLAIN, "m", 10);
        unstick(slow);

        assertThat(texts(slow)).containsExactly("m0", "m1", "m2", "m3");
    }

    @Test
    void keepsTheLatestOfEachDestinationWhereThePolicySaysSo() {
        use(Engine.builder().overflow("/topic/price/*", OverflowPolicy.KEEP_LATEST));
        TestClient slow = fixture().subscribed("/topic/price/tea");
        slow.send(StompCommand.SUBSCRIBE, "", "id", "all", "destination", "/topic/price/{what}", "receipt", "all");
        slow.awaitFrames(StompCommand.RECEIPT, 2);
        stick(slow);

        publish("/topic/price/tea", "tea", 10);
        publish("/topic/price/rice", "rice", 10);
        unstick(slow);

        assertThat(texts(slow)).containsExactlyInAnyOrder("tea9", "tea9", "rice9");
    }

    @Test
    void goesOnInOrderWhenTheClientTakesMoreAgain() {
        TestClient slow = stuckReader(OverflowPolicy.DROP_OLDEST);
        publish(PLAIN, "m", 3);
        unstick(slow);
        publish(PLAIN, "n", 3);
        stick(slow);
        publish(PLAIN, "o", 3);
        unstick(slow);

        assertThat(texts(slow)).containsExactly("m0", "m1", "m2", "n0", "n1", "n2", "o0", "o1", "o2");
        assertThat(slow.closed()).isNull();
    }

    @Test
    void boundsWhatWaitsInBytesOverAllSubscriptionsOfAConnection() {
        use(Engine.builder()
                .overflow("/topic/plain/*", OverflowPolicy.DROP_OLDEST)
                .overflowLimits(new OverflowLimits(1000, 10_000)));
        TestClient slow = fixture().connect();
        for (int i = 0; i < 10; i++) {
            slow.send(StompCommand.SUBSCRIBE, "", "id", "s" + i, "destination", "/topic/plain/" + i, "receipt", "r");
        }
        slow.awaitFrames(StompCommand.RECEIPT, 10);
        stick(slow);

        IntStream.range(0, 10).forEach(i -> publish("/topic/plain/" + i, "x".repeat(900), 10));
        publish("/topic/plain/0", "y".repeat(20_000), 1);
        unstick(slow);

        assertThat(texts(slow)).hasSize(10).allSatisfy(text -> assertThat(text).startsWith("x"));
    }

    @Test
    void disconnectsWhereEvenTheLatestDoesNotFit() {
        TestClient slow = stuckReader(OverflowPolicy.KEEP_LATEST);

        publish(PLAIN, "x".repeat(20_000), 1);

        await().until(() -> slow.closed() == CloseReason.SLOW_CONSUMER);
    }

    @Test
    void givesAFreshSnapshotInThePlaceOfChangesThatWereMissed() {
        AtomicInteger version = new AtomicInteger();
        use(Engine.builder()
                .snapshot(PLAIN, destination -> EngineFixture.content("all of " + version.incrementAndGet())));
        TestClient slow = fixture().subscribed(PLAIN);
        stick(slow);

        publish(PLAIN, "change", 10);
        unstick(slow);

        assertThat(texts(slow)).containsExactly("all of 1", "all of 2");
        assertThat(slow.closed()).isNull();
    }

    @Test
    void treatsAFullWindowAsAClientThatTakesNoMore() {
        use(Engine.builder()
                .overflow(PLAIN, OverflowPolicy.DROP_OLDEST)
                .overflowLimits(FOUR)
                .limits(window(2)));
        TestClient slow = fixture().subscribed(PLAIN, "ack", "client");

        publish(PLAIN, "m", 10);
        List<TestClient.Received> first = slow.awaitFrames(StompCommand.MESSAGE, 2);
        slow.send(StompCommand.ACK, "", "id", first.getLast().header("ack"));
        List<TestClient.Received> second = slow.awaitFrames(StompCommand.MESSAGE, 4);
        slow.send(StompCommand.ACK, "", "id", second.getLast().header("ack"));
        slow.awaitFrames(StompCommand.MESSAGE, 6);

        assertThat(texts(slow)).containsExactly("m0", "m1", "m6", "m7", "m8", "m9");
    }

    @Test
    void neverShowsOthersThatOneClientTakesNoMore() {
        for (OverflowPolicy policy : OverflowPolicy.values()) {
            TestClient slow = stuckReader(policy);
            List<TestClient> others =
                    Stream.generate(() -> fixture().subscribed(PLAIN)).limit(4).toList();

            publish(PLAIN, "m", 100);

            for (TestClient other : others) {
                other.awaitFrames(StompCommand.MESSAGE, 100);
                assertThat(texts(other)).isEqualTo(numbered("m", 100));
            }
            assertThat(texts(slow)).isEmpty();
        }
    }

    @Test
    void tellsASlowClientWhyItIsDisconnected() {
        TestClient slow = stuckReader(OverflowPolicy.DISCONNECT);

        publish(PLAIN, "m", 1);

        await().until(() -> slow.closed() == CloseReason.SLOW_CONSUMER);
        assertThat(engine().slowConsumers().disconnected()).isEqualTo(1);
    }

    @Test
    void answersRefusalsEvenToAClientThatTakesNoMore() {
        use(Engine.builder()
                .authorizer((session, command, destination, headers) -> command == StompCommand.SEND
                        ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "no"))
                        : CompletableFuture.completedStage(null)));
        TestClient slow = fixture().subscribed("/user/queue/errors");
        slow.send(StompCommand.SUBSCRIBE, "", "id", "filler", "destination", FILLER, "receipt", "filler");
        slow.awaitFrames(StompCommand.RECEIPT, 2);
        slow.stuck(true);
        publish(FILLER, "x".repeat(100_000), 20);
        await().until(() -> slow.unsentBytes() > SessionLimits.DEFAULT.unsentBytes());

        slow.send(StompCommand.SEND, "", "destination", PLAIN, "receipt", "refused");
        unstick(slow);

        await().untilAsserted(() -> assertThat(slow.frames(StompCommand.MESSAGE))
                .anySatisfy(frame -> assertThat(frame.header("receipt-id")).isEqualTo("refused")));
    }

    @Test
    void givesUpAReaderThatIsFurtherBehindThanItMayBeCaughtUp() {
        use(Engine.builder().limits(replay(10)));
        TestClient slow = fixture().subscribed(FILLER);
        slow.stuck(true);
        publish(FILLER, "x".repeat(100_000), 40);
        await().until(() -> engine().slowConsumers().fellBehind() == 1);

        slow.stuck(false);

        await().until(() -> slow.closed() == CloseReason.SLOW_CONSUMER);
        assertThat(slow.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("slow-consumer");
    }

    /** A client whose connection takes nothing any more, subscribed where this is the policy. */
    private TestClient stuckReader(OverflowPolicy policy) {
        use(Engine.builder().overflow(PLAIN, policy).overflowLimits(FOUR));
        TestClient slow = fixture().subscribed(PLAIN);
        stick(slow);
        return slow;
    }

    /** Fills the connection with what is none of the test's business. */
    private void stick(TestClient client) {
        int receipts = client.frames(StompCommand.RECEIPT).size();
        client.send(StompCommand.SUBSCRIBE, "", "id", "filler", "destination", FILLER, "receipt", "filler");
        client.awaitFrames(StompCommand.RECEIPT, receipts + 1);
        client.stuck(true);
        publish(FILLER, "-".repeat(100_000), 12);
        await().until(() -> client.unsentBytes() > SessionLimits.DEFAULT.unsentBytes());
        client.settle(() -> {});
    }

    private void unstick(TestClient client) {
        // The loop has done everything that was published before.
        client.settle(() -> {});
        client.stuck(false);
        client.send(StompCommand.UNSUBSCRIBE, "", "id", "filler", "receipt", "free");
        await().until(() -> client.frames(StompCommand.RECEIPT).stream()
                .anyMatch(receipt -> "free".equals(receipt.header("receipt-id"))));
        client.received.removeIf(frame -> frame.command() == StompCommand.RECEIPT);
    }

    private void publish(String destination, String text, int count) {
        IntStream.range(0, count).forEach(i -> fixture().publish(destination, text + i));
    }

    /** What the client got, but for what it was filled with. */
    private static List<String> texts(TestClient client) {
        return client.frames(StompCommand.MESSAGE).stream()
                .map(TestClient.Received::body)
                .filter(text -> !text.startsWith("-"))
                .toList();
    }

    private static List<String> numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static SessionLimits window(int messages) {
        return limits(messages, SessionLimits.DEFAULT.replayMessages());
    }

    private static SessionLimits replay(int messages) {
        return limits(SessionLimits.DEFAULT.unacknowledgedMessages(), messages);
    }

    private static SessionLimits limits(int window, int replay) {
        SessionLimits d = SessionLimits.DEFAULT;
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                window,
                d.transactions(),
                replay,
                d.lastMessages(),
                d.connectTimeout(),
                d.heartBeatSend(),
                d.heartBeatReceive(),
                d.messageRate());
    }

    private void use(Engine.Builder builder) {
        close();
        fixture = new EngineFixture(builder);
    }

    private EngineFixture fixture() {
        assertThat(fixture).isNotNull();
        return fixture;
    }

    private Engine engine() {
        return fixture().engine;
    }
}
