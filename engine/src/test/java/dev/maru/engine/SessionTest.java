package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.session.ApplicationFrame;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.MessageRate;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final List<ApplicationFrame> handled = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> handlers = new CopyOnWriteArrayList<>();
    private EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void agreesOnTheNewestCommonVersion() {
        TestClient client = fixture.open().send(StompCommand.CONNECT, "", "accept-version", "1.0,1.1,9.9");

        assertThat(client.awaitFrame(StompCommand.CONNECTED).header("version")).isEqualTo("1.1");
    }

    @Test
    void takesAClientWithoutAcceptVersionForOneOfVersion10() {
        TestClient client = fixture.open().send(StompCommand.CONNECT, "");

        assertThat(client.awaitFrame(StompCommand.CONNECTED).header("version")).isEqualTo("1.0");
    }

    @Test
    void refusesAnUnknownVersionAndSaysWhichItSpeaks() {
        TestClient client = fixture.open().send(StompCommand.CONNECT, "", "accept-version", "3.0");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("version")).isEqualTo("1.0,1.1,1.2");
        awaitClosed(client, CloseReason.PROTOCOL_FAULT);
    }

    @Test
    void offersHeartBeatsOfOneAndTenSeconds() {
        TestClient client = fixture.open().send(StompCommand.CONNECT, "", "accept-version", "1.2", "heart-beat", "0,0");

        assertThat(client.awaitFrame(StompCommand.CONNECTED).header("heart-beat"))
                .isEqualTo("1000,10000");
    }

    @Test
    void refusesFramesBeforeConnect() {
        TestClient client = fixture.open().send(StompCommand.SEND, "x", "destination", "/topic/a");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("not-connected");
        awaitClosed(client, CloseReason.PROTOCOL_FAULT);
    }

    @Test
    void refusesASecondConnect() {
        TestClient client = fixture.connect().send(StompCommand.CONNECT, "", "accept-version", "1.2");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("already-connected");
    }

    @Test
    void closesAClientThatNeverConnects() {
        use(Engine.builder().limits(limits(Duration.ofMillis(50), Duration.ofSeconds(1))));
        TestClient client = fixture.open();

        awaitClosed(client, CloseReason.CONNECT_TIMEOUT);
    }

    @Test
    void closesAClientThatFallsSilent() {
        use(Engine.builder().limits(limits(Duration.ofSeconds(9), Duration.ofMillis(20))));
        TestClient client = fixture.open()
                .send(StompCommand.CONNECT, "", "accept-version", "1.2", "host", "x", "heart-beat", "20,0");

        awaitClosed(client, CloseReason.HEART_BEAT_MISSED);
    }

    @Test
    void sendsHeartBeatsToAClientThatWantsThem() {
        TestClient client = fixture.open()
                .send(StompCommand.CONNECT, "", "accept-version", "1.2", "host", "x", "heart-beat", "0,1000");

        await().atMost(Duration.ofSeconds(5)).until(() -> client.heartBeats() >= 2);
    }

    @Test
    void receiptsADisconnectAndCloses() {
        TestClient client = fixture.connect().send(StompCommand.DISCONNECT, "", "receipt", "bye");

        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("receipt-id")).isEqualTo("bye");
        awaitClosed(client, CloseReason.DISCONNECTED);
    }

    @Test
    void receiptsASendWithThePositionItWasStoredAt() {
        TestClient client = fixture.connect();

        client.send(StompCommand.SEND, "hi", "destination", EngineFixture.KEPT, "receipt", "1");

        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("position")).isEqualTo("e1-1");
    }

    @Test
    void receiptsASendToADestinationWithoutHistoryWithoutAPosition() {
        TestClient client = fixture.connect();

        client.send(StompCommand.SEND, "hi", "destination", EngineFixture.PLAIN, "receipt", "1");

        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("position")).isNull();
    }

    @Test
    void withholdsTheReceiptUntilTheMessageIsStored() {
        TestClient client = fixture.connect();
        fixture.log.hold();

        client.send(StompCommand.SEND, "hi", "destination", EngineFixture.KEPT, "receipt", "1");
        await().until(() -> fixture.log.held() == 1);
        assertThat(client.frames(StompCommand.RECEIPT)).isEmpty();

        fixture.log.release();
        client.awaitFrame(StompCommand.RECEIPT);
    }

    @Test
    void answersInTheOrderOfTheFramesHoweverLongEachTakes() {
        TestClient client = fixture.connect();
        fixture.log.hold();

        client.send(StompCommand.SEND, "slow", "destination", EngineFixture.KEPT, "receipt", "1");
        client.send(StompCommand.SEND, "quick", "destination", EngineFixture.PLAIN, "receipt", "2");
        client.send(StompCommand.UNSUBSCRIBE, "", "id", "none", "receipt", "3");
        await().until(() -> fixture.log.held() == 1);
        fixture.log.release();

        assertThat(client.awaitFrames(StompCommand.RECEIPT, 3))
                .extracting(frame -> frame.header("receipt-id"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void handsOneSendAtATimeToTheApplication() {
        useApplication();
        TestClient client = fixture.connect();

        client.send(StompCommand.SEND, "1", "destination", "/app/x");
        client.send(StompCommand.SEND, "2", "destination", "/app/x");
        await().until(() -> handled.size() == 1);
        client.settle(() -> assertThat(handled).hasSize(1));
        handlers.getFirst().complete(null);

        await().until(() -> handled.size() == 2);
        assertThat(handled)
                .extracting(frame -> new String(frame.body(), StandardCharsets.UTF_8))
                .containsExactly("1", "2");
    }

    @Test
    void handsTheNextSendOverBeforeTheFirstIsStored() {
        useApplication();
        TestClient client = fixture.connect();
        CompletableFuture<StreamPosition> first = new CompletableFuture<>();

        client.send(StompCommand.SEND, "1", "destination", "/app/x", "receipt", "1");
        client.send(StompCommand.SEND, "2", "destination", "/app/x", "receipt", "2");
        await().until(() -> handled.size() == 1);
        handled.getFirst().scope().join(first);
        handlers.getFirst().complete(null);
        await().until(() -> handled.size() == 2);
        handlers.get(1).complete(null);
        assertThat(client.frames(StompCommand.RECEIPT)).isEmpty();
        first.complete(new StreamPosition("e1", 7));

        assertThat(client.awaitFrames(StompCommand.RECEIPT, 2))
                .extracting(frame -> frame.header("position"))
                .containsExactly("e1-7", null);
    }

    @Test
    void tellsARefusalByErrorAndClosesWhereNobodyListensForIt() {
        useApplication();
        TestClient client = fixture.connect();

        client.send(StompCommand.SEND, "x", "destination", "/app/x", "receipt", "r1");
        await().until(() -> handled.size() == 1);
        handlers.getFirst().completeExceptionally(new Refusal(SessionFault.FORBIDDEN, "not for you"));

        TestClient.Received error = client.awaitFrame(StompCommand.ERROR);
        assertThat(error.header("code")).isEqualTo("4018");
        assertThat(error.header("message")).isEqualTo("forbidden");
        assertThat(error.header("receipt-id")).isEqualTo("r1");
        assertThat(error.body()).isEqualTo("not for you");
        awaitClosed(client, CloseReason.REFUSED);
    }

    @Test
    void tellsARefusalToASessionThatListensForItAndKeepsTheConnection() {
        useApplication();
        TestClient client = fixture.subscribed("/user/queue/errors");

        client.send(StompCommand.SEND, "x", "destination", "/app/x", "receipt", "r1");
        await().until(() -> handled.size() == 1);
        handlers.getFirst().completeExceptionally(new Refusal(SessionFault.FORBIDDEN, "not \"for\" you"));

        TestClient.Received told = client.awaitFrame(StompCommand.MESSAGE);
        assertThat(told.header("receipt-id")).isEqualTo("r1");
        assertThat(told.header("code")).isEqualTo("4018");
        assertThat(told.body()).contains("\"detail\":\"not \\\"for\\\" you\"");
        client.send(StompCommand.SEND, "x", "destination", EngineFixture.PLAIN, "receipt", "still here");
        assertThat(client.awaitFrames(StompCommand.RECEIPT, 2).getLast().header("receipt-id"))
                .isEqualTo("still here");
    }

    @Test
    void doesNothingAfterAFrameThatBrokeARule() {
        useApplication();
        TestClient client = fixture.connect();

        client.send(StompCommand.SEND, "no destination");
        client.send(StompCommand.SEND, "x", "destination", "/app/x");

        client.awaitFrame(StompCommand.ERROR);
        awaitClosed(client, CloseReason.PROTOCOL_FAULT);
        assertThat(handled).isEmpty();
    }

    @Test
    void pausesReadingWhileTooManyFramesAreUnanswered() {
        useApplication();
        TestClient client = fixture.connect();

        for (int i = 0; i < SessionLimits.DEFAULT.unansweredFrames(); i++) {
            client.send(StompCommand.SEND, "x", "destination", "/app/x");
        }
        await().until(() -> !client.isReading());
        List<CompletableFuture<Void>> done = new ArrayList<>();
        while (done.size() < SessionLimits.DEFAULT.unansweredFrames()) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> handlers.size() > done.size());
            CompletableFuture<Void> next = handlers.get(done.size());
            done.add(next);
            next.complete(null);
        }

        await().until(client::isReading);
    }

    @Test
    void pausesReadingAfterABurstAndReadsOnInTime() {
        use(Engine.builder().limits(rate(100, 20)));
        TestClient client = fixture.connect();

        sendAtOnce(client, 40);

        await().until(() -> !client.isReading());
        assertThat(client.awaitFrames(StompCommand.RECEIPT, 40)).hasSize(40);
        await().until(client::isReading);
        assertThat(client.closed()).isNull();
    }

    @Test
    void refusesAClientThatSendsTenTimesItsBurstAtOnce() {
        use(Engine.builder().limits(rate(1, 2)));
        TestClient client = fixture.connect();

        sendAtOnce(client, 30);

        TestClient.Received error = client.awaitFrame(StompCommand.ERROR);
        assertThat(error.header("message")).isEqualTo("too-many-messages");
        assertThat(error.header("receipt-id")).isNotNull();
        awaitClosed(client, CloseReason.PROTOCOL_FAULT);
    }

    @Test
    void doesNotTakeAClientForSilentThatItDoesNotRead() {
        use(Engine.builder()
                .application(
                        frame -> {
                            CompletableFuture<Void> returned = new CompletableFuture<>();
                            handlers.add(returned);
                            return returned;
                        },
                        "/app/")
                .limits(limits(Duration.ofSeconds(9), Duration.ofMillis(20))));
        TestClient client = fixture.open()
                .send(StompCommand.CONNECT, "", "accept-version", "1.2", "host", "x", "heart-beat", "200,0");
        client.awaitFrame(StompCommand.CONNECTED);
        for (int i = 0; i < SessionLimits.DEFAULT.unansweredFrames(); i++) {
            client.send(StompCommand.SEND, "x", "destination", "/app/x");
        }
        await().until(() -> !client.isReading());
        long since = System.nanoTime();

        await().until(() -> System.nanoTime() - since > Duration.ofMillis(1500).toNanos());

        assertThat(client.closed()).isNull();
    }

    @Test
    void refusesMoreSubscriptionsThanTheLimit() {
        TestClient client = fixture.connect();

        for (int i = 0; i <= SessionLimits.DEFAULT.subscriptions(); i++) {
            client.send(StompCommand.SUBSCRIBE, "", "id", "s" + i, "destination", "/topic/" + i);
        }

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("too-many-subscriptions");
    }

    @Test
    void refusesAnIdThatIsInUse() {
        TestClient client = fixture.subscribed(EngineFixture.PLAIN);

        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", "/topic/other");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("subscription-exists");
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        TestClient client = fixture.connect();

        client.send(StompCommand.SUBSCRIBE, "", "id", "x".repeat(129), "destination", "/topic/other");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("subscription-id-too-long");
    }

    @Test
    void closesEverySessionWhenTheEngineCloses() {
        TestClient client = fixture.connect();

        fixture.engine.close();

        awaitClosed(client, CloseReason.SERVER_SHUTDOWN);
    }

    private void useApplication() {
        use(Engine.builder()
                .application(
                        frame -> {
                            CompletableFuture<Void> returned = new CompletableFuture<>();
                            handlers.add(returned);
                            handled.add(frame);
                            return returned;
                        },
                        "/app/"));
    }

    private void use(Engine.Builder builder) {
        fixture.close();
        fixture = new EngineFixture(builder);
    }

    private static void sendAtOnce(TestClient client, int frames) {
        for (int i = 0; i < frames; i++) {
            String number = Integer.toString(i);
            client.send(StompCommand.SEND, "x", "destination", EngineFixture.PLAIN, "receipt", number);
        }
    }

    private static SessionLimits rate(int perSecond, int burst) {
        SessionLimits d = SessionLimits.DEFAULT;
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                d.unacknowledgedMessages(),
                d.transactions(),
                d.replayMessages(),
                d.lastMessages(),
                d.connectTimeout(),
                d.heartBeatSend(),
                d.heartBeatReceive(),
                new MessageRate(perSecond, burst));
    }

    private static SessionLimits limits(Duration connect, Duration heartBeat) {
        SessionLimits d = SessionLimits.DEFAULT;
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                d.unacknowledgedMessages(),
                d.transactions(),
                d.replayMessages(),
                d.lastMessages(),
                connect,
                heartBeat,
                heartBeat,
                d.messageRate());
    }

    private static void awaitClosed(TestClient client, CloseReason reason) {
        await().atMost(Duration.ofSeconds(5)).until(() -> client.closed() == reason);
    }
}
