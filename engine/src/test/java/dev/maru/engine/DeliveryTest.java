package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final String KEPT = EngineFixture.KEPT;
    private static final String PLAIN = EngineFixture.PLAIN;

    private EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void broadcastsBehindWhatWaitsToBeStored() {
        TestClient reader = fixture.subscribed(EngineFixture.KEPT);
        fixture.log.hold();
        fixture.publish(EngineFixture.KEPT, "the last word");
        fixture.engine.broadcast(EngineFixture.KEPT, EngineFixture.content("left"));
        fixture.log.release();

        assertThat(reader.awaitFrames(StompCommand.MESSAGE, 2))
                .extracting(TestClient.Received::body)
                .containsExactly("the last word", "left");
    }

    @Test
    void deliversToEverySubscriberOnEveryLoopInOrder() {
        List<TestClient> clients =
                Stream.generate(() -> fixture.subscribed(PLAIN)).limit(4).toList();

        IntStream.range(0, 100).forEach(i -> fixture.publish(PLAIN, "m" + i));

        for (TestClient client : clients) {
            assertThat(bodies(client, 100)).isEqualTo(numbered("m", 0, 100));
        }
    }

    @Test
    void givesAKeptMessageItsPosition() {
        TestClient client = fixture.subscribed(KEPT);

        fixture.publish(KEPT, "hi");

        TestClient.Received message = client.awaitFrame(StompCommand.MESSAGE);
        assertThat(message.header("message-id")).isEqualTo("e1-1");
        assertThat(message.header("subscription")).isEqualTo("s");
        assertThat(message.header("destination")).isEqualTo(KEPT);
    }

    @Test
    void marksAMessageThatIsNotKeptWithThePositionBeforeIt() {
        TestClient client = fixture.subscribed(KEPT);

        fixture.publish(KEPT, "kept");
        fixture.engine.broadcast(KEPT, EngineFixture.content("not kept"));

        assertThat(client.awaitFrames(StompCommand.MESSAGE, 2).getLast().header("message-id"))
                .startsWith("e1-1~");
    }

    @Test
    void namesTheDestinationAsItWasSubscribedTo() {
        use(Engine.builder().alias("/topic/nick", PLAIN));
        TestClient byAlias = fixture.subscribed("/topic/nick");
        TestClient byName = fixture.subscribed(PLAIN);

        fixture.publish(PLAIN, "x");

        assertThat(byAlias.awaitFrame(StompCommand.MESSAGE).header("destination"))
                .isEqualTo("/topic/nick");
        assertThat(byName.awaitFrame(StompCommand.MESSAGE).header("destination"))
                .isEqualTo(PLAIN);
    }

    @Test
    void deliversByPattern() {
        TestClient client = fixture.subscribed("/topic/*/news/**");

        fixture.publish("/topic/a/news/b/c", "yes");
        fixture.publish("/topic/a/b/news", "no");
        fixture.publish("/topic/b/news", "too");

        assertThat(bodies(client, 2)).containsExactly("yes", "too");
    }

    @Test
    void deliversASendThatFollowsItsSubscribeInOneBreath() {
        TestClient client = fixture.connect();
        fixture.log.hold();

        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", KEPT);
        client.send(StompCommand.SEND, "mine", "destination", KEPT);
        await().until(() -> fixture.log.held() == 1);
        fixture.log.release();

        assertThat(bodies(client, 1)).containsExactly("mine");
    }

    @Test
    void givesEverythingAfterThePositionAndThenWhatComes() {
        storeSilently(150);
        TestClient client = fixture.subscribed(KEPT, "since", "e1-20");
        fixture.publish(KEPT, "m151");

        TestClient.Received receipt = client.awaitFrame(StompCommand.RECEIPT);
        assertThat(receipt.header("recovered")).isEqualTo("true");
        assertThat(receipt.header("position")).isEqualTo("e1-20");
        assertThat(receipt.header("head")).isEqualTo("e1-150");
        assertThat(bodies(client, 131)).isEqualTo(numbered("m", 21, 152));
    }

    @Test
    void receiptsASubscribeBeforeItsFirstMessage() {
        storeSilently(3);
        TestClient client = fixture.subscribed(KEPT, "since", "e1-0");

        bodies(client, 3);

        assertThat(client.received.get(1).command()).isEqualTo(StompCommand.RECEIPT);
    }

    @Test
    void givesTheLastMessages() {
        storeSilently(10);
        TestClient client = fixture.subscribed(KEPT, "last", "3");

        assertThat(bodies(client, 3)).containsExactly("m8", "m9", "m10");
        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("position")).isEqualTo("e1-7");
    }

    @Test
    void startsWithWhatIsKeptNowHoweverOldTheTopicIs() {
        storeSilently(10);
        fixture.subscribed(KEPT).awaitFrame(StompCommand.RECEIPT);
        fixture.log.keepFrom(9);

        for (TestClient client : List.of(
                fixture.subscribed(KEPT, "last", "5"), fixture.subscribed(KEPT, "since", "rubbish", "last", "5"))) {
            assertThat(bodies(client, 2)).containsExactly("m9", "m10");
            assertThat(client.awaitFrame(StompCommand.RECEIPT).header("position"))
                    .isEqualTo("e1-8");
        }
    }

    @Test
    void doesNotRecoverWhatIsNotThere() {
        storeSilently(10);
        fixture.log.keepFrom(5);

        for (String since : List.of("e1-11", "e2-3", "e1-3", "rubbish", "e1-", "E1-3")) {
            TestClient client = fixture.subscribed(KEPT, "since", since);
            TestClient.Received receipt = client.awaitFrame(StompCommand.RECEIPT);
            assertThat(receipt.header("recovered")).as(since).isEqualTo("false");
            assertThat(receipt.header("position")).as(since).isEqualTo("e1-10");
        }
    }

    @Test
    void recoversFromTheOldestPositionThatIsKept() {
        storeSilently(10);
        fixture.log.keepFrom(5);

        assertThat(bodies(fixture.subscribed(KEPT, "since", "e1-4"), 6)).isEqualTo(numbered("m", 5, 11));
    }

    @Test
    void fallsBackOnTheLastMessagesWhereItCannotRecover() {
        storeSilently(10);
        TestClient client = fixture.subscribed(KEPT, "since", "old-3", "last", "2");

        assertThat(client.awaitFrame(StompCommand.RECEIPT).header("recovered")).isEqualTo("false");
        assertThat(bodies(client, 2)).containsExactly("m9", "m10");
    }

    @Test
    void refusesWhatItCannotRecoverIfNoReceiptWasAskedFor() {
        TestClient client = fixture.connect();

        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", KEPT, "since", "old-3");

        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo("not-recoverable");
    }

    @Test
    void replaysNoMoreThanTheLimit() {
        use(Engine.builder().limits(replayLimit(5)));
        storeSilently(10);

        assertThat(fixture.subscribed(KEPT, "since", "e1-5")
                        .awaitFrame(StompCommand.RECEIPT)
                        .header("recovered"))
                .isEqualTo("true");
        assertThat(fixture.subscribed(KEPT, "since", "e1-4")
                        .awaitFrame(StompCommand.RECEIPT)
                        .header("recovered"))
                .isEqualTo("false");
    }

    @Test
    void refusesASubscriptionWhoseHistoryCannotBeRead() {
        fixture.log.breakDown(true);
        TestClient client = fixture.subscribed("/user/queue/errors");

        client.send(StompCommand.SUBSCRIBE, "", "id", "k", "destination", KEPT, "receipt", "2");
        assertThat(client.awaitFrame(StompCommand.MESSAGE).header("message")).isEqualTo("unavailable");

        fixture.log.breakDown(false);
        client.send(StompCommand.SUBSCRIBE, "", "id", "k", "destination", KEPT, "receipt", "3");
        client.awaitFrames(StompCommand.RECEIPT, 2);
    }

    @Test
    void catchesASlowReaderUpWithoutLossWhileOthersReadOn() {
        TestClient slow = fixture.subscribed(KEPT);
        TestClient quick = fixture.subscribed(KEPT);
        String big = "x".repeat(100_000);
        slow.stuck(true);

        IntStream.range(0, 50).forEach(i -> fixture.publish(KEPT, i + big));

        assertThat(bodies(quick, 50)).hasSize(50);
        assertThat(slow.frames(StompCommand.MESSAGE)).isEmpty();
        assertThat(slow.unsentBytes()).isLessThan(2L * SessionLimits.DEFAULT.unsentBytes());
        slow.stuck(false);
        assertThat(bodies(slow, 50)).isEqualTo(bodies(quick, 50));
        assertThat(slow.closed()).isNull();
    }

    @Test
    void disconnectsASlowReaderOfADestinationThatKeepsNothing() {
        TestClient slow = fixture.subscribed(PLAIN);
        slow.stuck(true);

        IntStream.range(0, 50).forEach(i -> fixture.publish(PLAIN, "x".repeat(100_000)));

        await().until(() -> slow.closed() == CloseReason.SLOW_CONSUMER);
    }

    @Test
    void putsStoredMessagesInOrderAndReadsAGapFromTheLog() {
        TestClient client = fixture.subscribed(KEPT);
        List<StoredMessage> stored = store(5);

        fixture.log.tell(stored.get(1));
        fixture.log.tell(stored.get(0));
        fixture.log.tell(stored.get(0));
        fixture.log.tell(stored.get(4));

        assertThat(bodies(client, 5)).isEqualTo(numbered("m", 1, 6));
    }

    @Test
    void reachesTheLastMessageThoughMoreComeBeyondAGapThanWait() {
        TestClient client = fixture.subscribed(KEPT);
        List<StoredMessage> stored = store(1_500);

        stored.stream().skip(1).forEach(fixture.log::tell);

        assertThat(bodies(client, 1_500)).isEqualTo(numbered("m", 1, 1_501));
    }

    @Test
    void reachesTheLastMessageThoughMoreComeThanWaitUntilItIsKnownWhereTheHistoryStands() {
        CompletableFuture<Boolean> known = new CompletableFuture<>();
        fixture.log.tellHeadsWhen(known);
        TestClient client = fixture.connect();
        client.send(StompCommand.SUBSCRIBE, "", "id", "s", "destination", KEPT, "since", "e1-0");
        client.settle(() -> {});

        store(1_500).forEach(fixture.log::tell);
        known.complete(true);

        assertThat(bodies(client, 1_500)).isEqualTo(numbered("m", 1, 1_501));
    }

    @Test
    void tellsAReaderWhoMissesWhatIsKeptNoMore() {
        TestClient client = fixture.subscribed(KEPT);
        List<StoredMessage> stored = store(10);
        fixture.log.keepFrom(6);

        fixture.log.tell(stored.get(7));

        await().until(() -> client.closed() == CloseReason.SLOW_CONSUMER);
    }

    @Test
    void givesASnapshotFirst() {
        use(Engine.builder().snapshot("/topic/state/{id}", name -> EngineFixture.content("state of " + name)));
        TestClient client = fixture.subscribed("/topic/state/a");

        fixture.publish("/topic/state/a", "change");

        assertThat(bodies(client, 2)).containsExactly("state of /topic/state/a", "change");
    }

    @Test
    void reachesAUserByNameAndOneSessionByItself() {
        TestClient client = fixture.subscribed("/user/queue/mine");
        TestClient other = fixture.subscribed("/user/queue/mine");
        String user = client.awaitFrame(StompCommand.CONNECTED).header("session");

        fixture.publish("/user/" + user + "/queue/mine", "for you");

        assertThat(bodies(client, 1)).containsExactly("for you");
        assertThat(other.frames(StompCommand.MESSAGE)).isEmpty();
    }

    @Test
    void carriesHeadersOfTheSenderOn() {
        TestClient client = fixture.subscribed(PLAIN);

        client.send(
                StompCommand.SEND,
                "{}",
                "destination",
                PLAIN,
                "content-type",
                "application/json",
                "color",
                "red",
                "receipt",
                "r");

        TestClient.Received message = client.awaitFrame(StompCommand.MESSAGE);
        assertThat(message.header("color")).isEqualTo("red");
        assertThat(message.header("content-type")).isEqualTo("application/json");
        assertThat(message.header("receipt")).isNull();
    }

    @Test
    void deliversBytesThatAreNotText() {
        TestClient client = fixture.subscribed(PLAIN);

        var _ = fixture.engine
                .publish(PLAIN, MessageContent.bytes(new byte[] {0, 1, 0}))
                .toCompletableFuture();

        assertThat(client.awaitFrame(StompCommand.MESSAGE).body().getBytes(StandardCharsets.UTF_8))
                .containsExactly(0, 1, 0);
    }

    @Test
    void cutsOffASlowSubscriberByPatternAndServesTheOthers() {
        TestClient slow = fixture.subscribed("/topic/p*");
        TestClient other = fixture.subscribed("/topic/**");
        TestClient sameLoop = fixture.subscribed("/topic/*");
        slow.stuck(true);
        for (int i = 0; i < 30; i++) {
            fixture.publish(PLAIN, "x".repeat(100_000));
        }

        await().until(() -> slow.closed() == CloseReason.SLOW_CONSUMER);
        other.awaitFrames(StompCommand.MESSAGE, 30);
        sameLoop.awaitFrames(StompCommand.MESSAGE, 30);
    }

    @Test
    void stopsAfterUnsubscribe() {
        TestClient client = fixture.subscribed(PLAIN);

        client.send(StompCommand.UNSUBSCRIBE, "", "id", "s", "receipt", "u");
        client.awaitFrames(StompCommand.RECEIPT, 2);
        fixture.publish(PLAIN, "late");
        client.send(StompCommand.SEND, "x", "destination", "/topic/nobody", "receipt", "end");
        client.awaitFrames(StompCommand.RECEIPT, 3);

        assertThat(client.frames(StompCommand.MESSAGE)).isEmpty();
    }

    private void use(Engine.Builder builder) {
        fixture.close();
        fixture = new EngineFixture(builder);
    }

    private List<StoredMessage> store(int messages) {
        return IntStream.rangeClosed(1, messages)
                .mapToObj(i -> fixture.log.storeSilently(EngineFixture.entry(KEPT, "m" + i)))
                .toList();
    }

    private void storeSilently(int messages) {
        IntStream.rangeClosed(1, messages).forEach(i -> fixture.storeSilently(KEPT, "m" + i));
    }

    private static List<String> bodies(TestClient client, int count) {
        return client.awaitFrames(StompCommand.MESSAGE, count).stream()
                .map(TestClient.Received::body)
                .toList();
    }

    private static List<String> numbered(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
    }

    private static SessionLimits replayLimit(int messages) {
        SessionLimits d = SessionLimits.DEFAULT;
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                d.unacknowledgedMessages(),
                d.transactions(),
                messages,
                d.lastMessages(),
                d.connectTimeout(),
                d.heartBeatSend(),
                d.heartBeatReceive(),
                d.messageRate());
    }
}
