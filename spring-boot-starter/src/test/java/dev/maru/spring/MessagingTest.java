package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.spring.tutorial.ChatEvents;
import dev.maru.spring.tutorial.Gate;
import dev.maru.spring.tutorial.HeldLog;
import dev.maru.stomp.StompCommand;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.user.SimpUserRegistry;

/** Spring's messaging model on the engine: arguments, results, receipts, refusals, users, events. */
class MessagingTest {
    @RegisterExtension
    static final RunningTutorial SERVER = new RunningTutorial();

    private final List<TestClient> clients = new ArrayList<>();

    @BeforeEach
    void closeTheGate() {
        SERVER.bean(Gate.class).close();
    }

    @AfterEach
    void closeClients() {
        SERVER.bean(Gate.class).open();
        SERVER.bean(HeldLog.class).release();
        clients.forEach(TestClient::close);
    }

    private TestClient client(String... headers) {
        TestClient client = TestClient.connected(SERVER.port(), headers);
        clients.add(client);
        return client;
    }

    @Test
    void runsMethodsOnVirtualThreads() {
        TestClient ann = client().subscribe("0", "/topic/answers");
        ann.sendTo("/app/thread", "");
        ann.await(StompCommand.MESSAGE, "virtual: true");
    }

    @Test
    void givesMethodsTheHeadersOfTheirFrame() {
        TestClient ann = client().subscribe("0", "/topic/answers");
        ann.sendTo("/app/header", "", "colour:green", "shape:round");
        ann.await(StompCommand.MESSAGE, "green round true");
    }

    @Test
    void refusesAFrameThatLacksAHeaderItsMethodNeeds() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/header", "", "receipt:r");
        assertThat(ann.await(StompCommand.MESSAGE, "receipt-id:r")).contains("code:4200\n");
    }

    @Test
    void givesMethodsTheUserWhoLoggedIn() {
        TestClient ann = client("login:ann").subscribe("0", "/topic/answers");
        ann.sendTo("/app/whoami", "");
        ann.await(StompCommand.MESSAGE, "ann is logged in");
    }

    @Test
    void givesMethodsNoUserWhereNobodyLoggedIn() {
        TestClient stranger = client().subscribe("0", "/topic/answers");
        stranger.sendTo("/app/whoami", "");
        stranger.await(StompCommand.MESSAGE, "nobody is logged in");
    }

    @Test
    void answersAReceiptWhenWhatTheMethodPublishedIsStored() {
        HeldLog journal = SERVER.bean(HeldLog.class);
        TestClient ann = client();
        journal.hold();
        ann.sendTo("/app/journal", "one", "receipt:one");
        Awaitility.await().until(() -> journal.waiting() == 1);
        // The method has returned: the next frame of the session is handled while the first one's receipt waits.
        ann.sendTo("/app/journal", "two", "receipt:two");
        Awaitility.await().until(() -> journal.waiting() == 2);
        assertThat(ann.received(StompCommand.RECEIPT)).isEmpty();

        journal.release();

        String first = ann.await(StompCommand.RECEIPT, "receipt-id:one\n", "position:held-");
        String second = ann.await(StompCommand.RECEIPT, "receipt-id:two\n", "position:held-");
        assertThat(ann.received(StompCommand.RECEIPT)).containsExactly(first, second);
    }

    @Test
    void keepsAReceiptOpenUntilTheFutureThatAMethodReturnedIsSentAndStored() {
        Gate gate = SERVER.bean(Gate.class);
        HeldLog journal = SERVER.bean(HeldLog.class);
        TestClient ann = client().subscribe("j", "/topic/journal");
        journal.hold();
        ann.sendTo("/app/journal/later", "much later", "receipt:late");
        ann.sendTo("/app/thread", "", "receipt:next");
        Awaitility.await().until(() -> methods(ann) == 1);
        assertThat(ann.received(StompCommand.RECEIPT, "late")).isEmpty();

        gate.open();
        Awaitility.await().until(() -> journal.waiting() == 1);
        assertThat(ann.received(StompCommand.RECEIPT, "late")).isEmpty();
        journal.release();

        assertThat(ann.await(StompCommand.RECEIPT, "receipt-id:late\n")).contains("position:held-");
        ann.await(StompCommand.MESSAGE, "much later");
    }

    @Test
    void sendsTheResultOfAMono() {
        TestClient ann = client().subscribe("0", "/topic/answers");
        ann.sendTo("/app/later/mono", "mono");
        SERVER.bean(Gate.class).open();
        ann.await(StompCommand.MESSAGE, "mono");
    }

    @Test
    void refusesAFrameWhoseFutureFails() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/later/refused", "", "receipt:later");
        SERVER.bean(Gate.class).open();
        assertThat(ann.await(StompCommand.MESSAGE, "receipt-id:later\n")).contains("message:forbidden\n", "not now");
    }

    @Test
    void handlesTheFramesOfASessionOneAfterTheOther() {
        TestClient ann = client().subscribe("0", "/topic/answers");
        TestClient bob = client();
        ann.sendTo("/app/slow", "slow");
        ann.sendTo("/app/thread", "");
        bob.sendTo("/app/thread", "");
        ann.await(StompCommand.MESSAGE, "virtual");
        assertThat(methods(ann)).isZero();

        SERVER.bean(Gate.class).open();
        Awaitility.await().until(() -> methods(ann) == 1);
        Awaitility.await().until(() -> ann.received(StompCommand.MESSAGE).size() == 3);
        assertThat(ann.received(StompCommand.MESSAGE).get(1)).contains("slow");
    }

    @Test
    void tellsTheSenderWhereItsJsonGoesWrongAndKeepsTheConnectionThatListens() {
        TestClient ann = client().subscribe("e", "/user/queue/errors").subscribe("0", "/topic/public/json");
        ann.sendTo("/app/chat/sendMessage", "{\"roomId\":\"json\",", "receipt:bad");
        assertThat(ann.await(StompCommand.MESSAGE, "receipt-id:bad\n"))
                .contains("code:4200\n", "message:malformed-payload\n", "line 1")
                .doesNotContain("roomId");

        ann.sendTo("/app/chat/sendMessage", "{\"roomId\":\"json\",\"type\":\"SHOUT\"}");
        ann.await(StompCommand.MESSAGE, "the body's type cannot be read");

        ann.sendTo("/app/chat/sendMessage", "{\"roomId\":\"json\",\"message\":\"well\"}");
        ann.await(StompCommand.MESSAGE, "well");
        assertThat(ann.received(StompCommand.RECEIPT, "bad")).isEmpty();
    }

    @Test
    void endsTheConnectionOfASenderThatDoesNotListenForRefusals() {
        TestClient ann = client();
        ann.sendTo("/app/chat/sendMessage", "no json", "receipt:bad");
        assertThat(ann.await(StompCommand.ERROR)).contains("code:4200\n", "receipt-id:bad\n");
        assertThat(ann.awaitClose()).isEqualTo(1008);
    }

    @Test
    void refusesWhatNoMethodIsMappedTo() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/chat/sendMesage", "{}");
        assertThat(ann.await(StompCommand.MESSAGE))
                .contains("code:4201\n", "message:no-handler\n", "/app/chat/sendMesage");
    }

    @Test
    void refusesAContentTypeThatIsNone() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/thread", "", "content-type:;;");
        assertThat(ann.await(StompCommand.MESSAGE)).contains("code:4200\n");
    }

    @Test
    void passesOnTheRefusalOfAMethod() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/refused", "", "receipt:r");
        assertThat(ann.await(StompCommand.MESSAGE, "receipt-id:r\n")).contains("message:forbidden\n", "not you");
    }

    @Test
    void tellsNothingOfTheServersOwnFaults() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/broken", "", "receipt:r");
        assertThat(ann.await(StompCommand.MESSAGE, "receipt-id:r\n"))
                .contains("message:internal-error\n")
                .doesNotContain("secret");
    }

    @Test
    void leavesAnExceptionToTheMethodThatHandlesIt() {
        TestClient ann = client().subscribe("c", "/user/queue/complaints");
        ann.sendTo("/app/handled", "", "receipt:r");
        ann.await(StompCommand.MESSAGE, "sorry: handled");
        ann.await(StompCommand.RECEIPT, "receipt-id:r\n");
    }

    @Test
    void passesOnTheRefusalOfAMethodThatHandlesExceptions() {
        TestClient ann = client().subscribe("e", "/user/queue/errors");
        ann.sendTo("/app/mishandled", "");
        ann.await(StompCommand.MESSAGE, "mishandled after all");
    }

    @Test
    void answersTheSendingSessionAloneOrAllOfItsUser() {
        TestClient one = client("login:twin").subscribe("q", "/user/queue/answers");
        TestClient other = client("login:twin").subscribe("q", "/user/queue/answers");
        TestClient stranger = client().subscribe("q", "/user/queue/answers");
        one.sendTo("/app/answer/session", "for one");
        one.sendTo("/app/answer/user", "for both");
        stranger.sendTo("/app/answer/user", "for the stranger");

        assertThat(one.await(StompCommand.MESSAGE, "for one")).contains("destination:/user/queue/answers\n");
        one.await(StompCommand.MESSAGE, "for both");
        other.await(StompCommand.MESSAGE, "for both");
        stranger.await(StompCommand.MESSAGE, "for the stranger");
        assertThat(other.received(StompCommand.MESSAGE)).hasSize(1);
        assertThat(stranger.received(StompCommand.MESSAGE)).hasSize(1);
    }

    @Test
    void tellsAUserByName() {
        TestClient odd = client("login:50%/50").subscribe("q", "/user/queue/answers");
        TestClient bob = client("login:bob").subscribe("q", "/user/queue/answers");
        SERVER.bean(SimpMessagingTemplate.class).convertAndSendToUser("50%/50", "/queue/answers", "odd name");
        client().sendTo("/app/tell/bob", "hello bob");

        odd.await(StompCommand.MESSAGE, "odd name");
        bob.await(StompCommand.MESSAGE, "hello bob");
        assertThat(bob.received(StompCommand.MESSAGE)).hasSize(1);
    }

    @Test
    void listsTheUsersWhoLoggedInAndTheirSubscriptions() {
        SimpUserRegistry users = SERVER.bean(SimpUserRegistry.class);
        TestClient carol = client("login:carol").subscribe("0", "/topic/answers");
        assertThat(users.getUser("carol")).isNotNull();
        assertThat(users.findSubscriptions(subscription ->
                        subscription.getSession().getUser().getName().equals("carol")))
                .hasSize(1);
        carol.close();
        Awaitility.await().until(() -> users.getUser("carol") == null);
    }

    @Test
    void answersTheSubscriberOfASubscribeMapping() {
        TestClient ann = client();
        TestClient bob = client();
        for (int i = 0; i < 20; i++) {
            ann.send(StompCommand.SUBSCRIBE, "", "id:" + i, "destination:/app/history/music" + i);
            assertThat(ann.await(StompCommand.MESSAGE, "the history of music" + i))
                    .contains("subscription:" + i + "\n", "destination:/app/history/music" + i + "\n");
        }
        assertThat(bob.received(StompCommand.MESSAGE)).isEmpty();
    }

    @Test
    void sendsHeadersOnButNoneOfTheFramesOwn() {
        TestClient ann = client().subscribe("0", "/topic/answers");
        ann.sendTo("/app/coloured", "a");
        assertThat(ann.await(StompCommand.MESSAGE)).contains("colour:red\n");
        ann.sendTo("/app/forward", "b", "shape:round", "receipt:mine", "Authorization:Bearer secret");
        assertThat(ann.await(StompCommand.MESSAGE, "shape:round"))
                .doesNotContain("receipt:")
                .doesNotContain("secret")
                .containsOnlyOnce("destination:");
    }

    @Test
    void publishesTheEventsOfASessionInOrder() {
        TestClient ann = client().subscribe("0", "/topic/answers");
        ann.sendTo("/app/thread", "", "receipt:r");
        ann.await(StompCommand.RECEIPT, "receipt-id:r\n");
        ann.send(StompCommand.UNSUBSCRIBE, "", "id:0", "receipt:u");
        ann.await(StompCommand.RECEIPT, "receipt-id:u\n");
        ann.close();

        ChatEvents events = SERVER.bean(ChatEvents.class);
        Awaitility.await().until(() -> events.heardOf(id(ann)).size() == 7);
        assertThat(events.heardOf(id(ann)))
                .containsExactlyInAnyOrder(
                        "SessionConnectEvent CONNECT null",
                        "SessionConnectedEvent null null",
                        "SessionSubscribeEvent SUBSCRIBE /topic/answers",
                        "method",
                        "SessionUnsubscribeEvent UNSUBSCRIBE /topic/answers",
                        "SessionDisconnectEvent DISCONNECT null",
                        "closed with 1000")
                .startsWith(
                        "SessionConnectEvent CONNECT null",
                        "SessionConnectedEvent null null",
                        "SessionSubscribeEvent SUBSCRIBE /topic/answers",
                        "method",
                        "SessionUnsubscribeEvent UNSUBSCRIBE /topic/answers");
    }

    private static long methods(TestClient client) {
        return SERVER.bean(ChatEvents.class).heardOf(id(client)).stream()
                .filter("method"::equals)
                .count();
    }

    private static String id(TestClient client) {
        String connected = client.await(StompCommand.CONNECTED);
        int start = connected.indexOf("session:") + "session:".length();
        return connected.substring(start, connected.indexOf('\n', start));
    }
}
