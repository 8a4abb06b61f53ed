package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.DrainPlan;
import dev.maru.engine.session.SessionUser;
import dev.maru.testkit.EventStreamClient;
import dev.maru.testkit.ReceivedEvent;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server-sent events, as readers meet them. */
class SseTest {
    private static final String KEPT = "/sse?destination=/topic/kept/a";

    private final BlockingQueue<String> tickets = new LinkedBlockingQueue<>();
    private StreamServer server;

    @BeforeEach
    void start() {
        server = new StreamServer(Engine.builder()
                .authenticator((session, connect) -> {
                    tickets.add(session.handshake().headers().getOrDefault("authorization", "none"));
                    return CompletableFuture.completedStage(new SessionUser(session.id(), true));
                })
                .authorizer((session, command, destination, headers) -> destination.contains("secret")
                        ? CompletableFuture.failedStage(new Refusal(SessionFault.FORBIDDEN, "not for you"))
                        : CompletableFuture.completedStage(null)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void streamsWhatIsPublished() {
        try (EventStreamClient reader = open("/sse?destination=%2Ftopic%2Fa")) {
            assertThat(reader.response().statusCode()).isEqualTo(200);
            assertThat(reader.response().headers().firstValue("content-type"))
                    .hasValue("text/event-stream;charset=UTF-8");
            assertThat(reader.response().headers().firstValue("cache-control"))
                    .hasValueSatisfying(value -> assertThat(value).contains("no-store"));

            server.publish("/topic/a", "하나\n둘");
            server.publish("/topic/a", "");

            assertThat(reader.next()).isEqualTo(new ReceivedEvent("message", "하나\n둘", ""));
            assertThat(reader.next()).isEqualTo(new ReceivedEvent("message", "", ""));
        }
    }

    @Test
    void namesThePositionBeforeTheFirstMessage() {
        String head = server.publish("/topic/kept/a", "before");
        try (EventStreamClient reader = open(KEPT)) {
            await().untilAsserted(() -> assertThat(reader.lastEventId()).isEqualTo(head));
            String next = server.publish("/topic/kept/a", "after");
            assertThat(reader.next()).isEqualTo(new ReceivedEvent("message", "after", next));
        }
    }

    @Test
    void goesOnAfterTheLastEventThatTheReaderSaw() {
        String first = server.publish("/topic/kept/a", "1");
        String second = server.publish("/topic/kept/a", "2");
        String third = server.publish("/topic/kept/a", "3");

        try (EventStreamClient byHeader = open(KEPT + "&since=nonsense", "Last-Event-ID", first);
                EventStreamClient byQuery = open(KEPT + "&since=" + second)) {
            assertThat(byHeader.next()).isEqualTo(new ReceivedEvent("message", "2", second));
            assertThat(byHeader.next()).isEqualTo(new ReceivedEvent("message", "3", third));
            assertThat(byQuery.next()).isEqualTo(new ReceivedEvent("message", "3", third));

            String fourth = server.publish("/topic/kept/a", "4");
            assertThat(byHeader.next()).isEqualTo(new ReceivedEvent("message", "4", fourth));
            assertThat(byQuery.next()).isEqualTo(new ReceivedEvent("message", "4", fourth));
        }
    }

    @Test
    void beginsWithTheLastMessages() {
        for (int i = 1; i <= 5; i++) {
            server.publish("/topic/kept/a", "m" + i);
        }
        try (EventStreamClient reader = open(KEPT + "&last=2")) {
            assertThat(reader.next().data()).isEqualTo("m4");
            assertThat(reader.next().data()).isEqualTo("m5");
        }
    }

    @Test
    void saysThatItStartsAfreshWhenThePastCannotBeReplayed() {
        String head = "";
        for (int i = 1; i <= 60; i++) {
            head = server.publish("/topic/kept/a", "m" + i);
        }
        String epoch = head.substring(0, head.indexOf('-'));
        String beyondTheReplayLimit = epoch + "-9";
        String beyondTheHead = epoch + "-61";
        for (String since : new String[] {beyondTheReplayLimit, beyondTheHead, "0ther-3", "nonsense"}) {
            try (EventStreamClient reader = open(KEPT + "&last=1", "Last-Event-ID", since)) {
                ReceivedEvent reset = reader.next();
                assertThat(reset.name()).isEqualTo("reset");
                assertThat(reset.lastEventId()).isEqualTo(epoch + "-59");
                assertThat(reset.data()).isEqualTo("{\"position\":\"" + epoch + "-59\",\"head\":\"" + head + "\"}");
                assertThat(reader.next()).isEqualTo(new ReceivedEvent("message", "m60", head));
            }
        }
        try (EventStreamClient reader = open(KEPT, "Last-Event-ID", epoch + "-10")) {
            assertThat(reader.next().data()).isEqualTo("m11");
        }
    }

    @Test
    void refusesWithTheStatusOfTheFault() throws Exception {
        assertRefused("/sse", 400, "\"code\":4010");
        assertRefused("/sse?destination=/topic/secret", 403, "not for you");
        assertRefused("/sse?destination=/a&last=x", 400, "\"code\":4011");
        try (EventStreamClient reader = open("/sse?destination=/a", "Origin", "https://evil.example.org")) {
            assertThat(reader.response().statusCode()).isEqualTo(403);
        }
    }

    @Test
    void letsPagesOfAllowedOriginsRead() {
        try (EventStreamClient reader = open("/sse?destination=/a", "Origin", "https://friend.example.org")) {
            assertThat(reader.response().statusCode()).isEqualTo(200);
            assertThat(reader.response().headers().firstValue("access-control-allow-origin"))
                    .hasValue("https://friend.example.org");
        }
    }

    @Test
    void handsTheTicketToWhoeverSaysWhoTheReaderIs() {
        try (EventStreamClient reader = open("/sse?destination=/a&ticket=t1")) {
            assertThat(reader.response().statusCode()).isEqualTo(200);
            assertThat(tickets).containsExactly("Ticket t1");
        }
        try (EventStreamClient reader = open("/sse?destination=/a&ticket=t1", "Authorization", "Bearer b")) {
            assertThat(reader.response().statusCode()).isEqualTo(200);
            assertThat(tickets).contains("Bearer b");
        }
    }

    @Test
    void endsTheSessionWhenTheReaderHasGone() {
        try (EventStreamClient reader = open("/sse?destination=/a")) {
            assertThat(reader.response().statusCode()).isEqualTo(200);
            assertThat(server.engine().sessions()).isEqualTo(1);
        }
        await().until(() -> server.engine().sessions() == 0);
    }

    @Test
    void endsTheStreamWhenTheServerShutsDown() {
        try (EventStreamClient reader = open("/sse?destination=/a")) {
            server.engine().close();
            reader.awaitEnd();
            assertThat(reader.comments()).isEqualTo(1);
        }
    }

    @Test
    void saysWhenToComeBackWhereABrowserLooksForIt() throws Exception {
        try (RawClient reader = new RawClient(server.address())) {
            reader.request("GET /sse?destination=/topic/a HTTP/1.1");
            reader.response();
            server.engine().drain(DrainPlan.DEFAULT);
            assertThat(reader.text("server-shutdown")).containsPattern("\nretry: \\d+\n: server-shutdown");
        }
    }

    @Test
    void sendsReadersAwayWhileItGoesDownSoThatBrowsersComeBack() throws Exception {
        server.stopAccepting();
        try (RawClient browser = new RawClient(server.address())) {
            browser.request("GET /sse?destination=/topic/a HTTP/1.1", "Accept: text/event-stream");
            RawClient.Response later = browser.response();
            assertThat(later.status()).isEqualTo(200);
            assertThat(later.body()).matches("retry: \\d+\n: server-shutdown\n\n");
        }
        try (RawClient other = new RawClient(server.address())) {
            other.request("GET /sse?destination=/topic/a HTTP/1.1");
            RawClient.Response refusal = other.response();
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.headers().get("retry-after")).matches("[1-5]");
        }
    }

    @Test
    void cutsOffWhoeverKeepsTalking() throws Exception {
        try (RawClient reader = new RawClient(server.address())) {
            reader.request("GET /sse?destination=/topic/a HTTP/1.1");
            assertThat(reader.response().status()).isEqualTo(200);
            reader.send(new byte[1024]);
            server.publish("/topic/a", "still there");
            assertThat(reader.text("still there")).contains("event: message\n");

            byte[] flood = new byte[128 * 1024];
            try {
                reader.send(flood);
            } catch (IOException e) {
                // The server may have cut it off by then.
            }
            await().until(() -> server.engine().sessions() == 0);
        }
    }

    @Test
    void answersAFormerRequestOfTheSameConnectionFirst() throws Exception {
        try (RawClient reader = new RawClient(server.address())) {
            reader.request("GET /ws/info HTTP/1.1");
            assertThat(reader.response().status()).isEqualTo(200);
            reader.request("GET /sse?destination=/topic/a HTTP/1.1");
            assertThat(reader.response().headers()).containsEntry("connection", "close");
        }
    }

    private void assertRefused(String path, int status, String words) throws Exception {
        try (EventStreamClient reader = open(path)) {
            assertThat(reader.response().statusCode()).isEqualTo(status);
            assertThat(reader.response().headers().firstValue("content-type")).hasValue("application/problem+json");
        }
        try (RawClient reader = new RawClient(server.address())) {
            assertThat(reader.request("GET " + path + " HTTP/1.1").response().body())
                    .contains(words);
        }
    }

    private EventStreamClient open(String path, String... headers) {
        return EventStreamClient.open(server.uri(path), headers);
    }
}
