package dev.maru.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterBroker;
import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.testkit.InProcessClusterBroker;
import dev.maru.testkit.RestartablePostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;

/** Two servers with accounts on one PostgreSQL: what happens on one is true on the other. */
class NodesIT {
    private static final String PASSWORD = "correct horse 말";
    private static final int REVOKED = 4011;
    private static final InProcessClusterBroker.Hub HUB = new InProcessClusterBroker.Hub();

    @TempDir
    static Path folder;

    private static RestartablePostgres postgres;
    private static RunningServer one;
    private static RunningServer other;
    private static String admin;

    /** What lets them hear of each other. */
    static class Meeting {
        @Bean
        ClusterBroker broker() {
            return HUB.newBroker();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        postgres = RestartablePostgres.start(folder.resolve("postgres"));
        one = node("one");
        other = node("other");
        admin = "Bearer " + Files.readString(folder.resolve("one/admin-token")).strip();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        postgres.close();
    }

    @Test
    void aLogInOfOneIsGoodOnTheOtherUntilItEnds() {
        create("jane");
        String cookie = logIn(one, "jane");
        try (StompClient there = connect(other, "Cookie", cookie)) {
            there.subscribed("lobby", "/topic/public");
            assertThat(call(one, "DELETE", "/api/session", "", "Cookie", cookie).status())
                    .isEqualTo(204);
            assertThat(there.closeCode()).isEqualTo(REVOKED);
        }
        assertThat(call(other, "GET", "/api/rooms", "", "Cookie", cookie).status())
                .isEqualTo(401);
    }

    @Test
    void whoIsShutOutOnOneIsShutOutOfTheOther() {
        create("leaver");
        try (StompClient there = connect(other, "Cookie", logIn(other, "leaver"))) {
            disable("leaver");
            assertThat(there.closeCode()).isEqualTo(REVOKED);
        }
    }

    @Test
    void whoIsShutOutWhileTheyCannotHearEachOtherGoesWhenTheyCan() {
        create("hidden");
        create("stayer");
        try (StompClient hidden = connect(other, "Cookie", logIn(other, "hidden"));
                StompClient stayer = connect(other, "Cookie", logIn(other, "stayer"))) {
            stayer.subscribed("lobby", "/topic/public");
            HUB.stop();
            try {
                disable("hidden");
            } finally {
                HUB.start();
            }
            assertThat(hidden.closeCode()).isEqualTo(REVOKED);
            stayer.subscribed("again", "/topic/public");
        }
    }

    @Test
    void aTicketOfOneOpensOneConnectionAnywhere() {
        create("rider");
        HttpAnswer made = call(one, "POST", "/api/tickets", "", "Cookie", logIn(one, "rider"));
        assertThat(made.status()).isEqualTo(201);
        String ticket = "Ticket " + made.json().path("ticket").asString();
        try (StompClient client = StompClient.open(other.http(), other.port(), null, "Authorization", ticket)) {
            client.frame("CONNECT\naccept-version:1.2\nhost:x", "");
            assertThat(client.await("CONNECTED", frame -> true).header("user-name"))
                    .isEqualTo("rider");
        }
        HttpRequest again = one.request("/sse?destination=/topic/public")
                .header("Authorization", ticket)
                .timeout(Duration.ofSeconds(20))
                .build();
        assertThat(one.answer(again).status()).isEqualTo(401);
    }

    @Test
    void guessesCountOnAllNodes() {
        create("target");
        for (int i = 0; i < 10; i++) {
            assertThat(post(i % 2 == 0 ? one : other, "target", "guess " + i).status())
                    .isEqualTo(401);
        }
        await().untilAsserted(() -> {
            assertThat(post(one, "target", PASSWORD).status()).isEqualTo(429);
            assertThat(post(other, "target", PASSWORD).status()).isEqualTo(429);
        });
    }

    @Test
    void roomsAndMessagesOfOneReachTheOther() {
        create("kim");
        String cookie = logIn(one, "kim");
        try (StompClient here = connect(one, "Cookie", cookie);
                StompClient there = connect(other, "Cookie", cookie)) {
            there.subscribed("rooms", "/topic/rooms");
            HttpAnswer made = call(one, "POST", "/api/rooms", "{\"id\":\"tea\",\"name\":\"Tea\"}", "Cookie", cookie);
            assertThat(made.status()).isEqualTo(201);
            assertThat(there.message("rooms").json().toString()).contains("\"tea\"", "created");
            for (int i = 1; i <= 20; i++) {
                String sent = here.sent("/app/chat/sendMessage", "{\"roomId\":\"tea\",\"message\":\"text " + i + "\"}")
                        .header("position");
                assertThat(there.subscribed("tea-" + i, "/topic/public/tea").header("position"))
                        .isEqualTo(sent);
            }
            here.sent("/app/chat/sendMessage", "{\"roomId\":\"tea\",\"message\":\"last\"}");
            assertThat(there.message("tea-1").text("message")).startsWith("text 2");
            assertThat(there.message("tea-20").text("message")).isEqualTo("last");
        }
    }

    private static RunningServer node(String name) {
        RunningServer server = RunningServer.startWith(
                Meeting.class,
                folder.resolve(name),
                "--maru.access=accounts",
                "--spring.datasource.url=" + postgres.url());
        assertThat(server.bean("cluster", Cluster.class).isAlone()).isFalse();
        return server;
    }

    private static void create(String name) {
        String account =
                "{\"name\":\"" + name + "\",\"displayName\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}";
        assertThat(call(one, "POST", "/api/admin/accounts", account, "Authorization", admin)
                        .status())
                .isEqualTo(201);
    }

    private static void disable(String name) {
        assertThat(call(one, "POST", "/api/admin/accounts/" + name + "/disable", "", "Authorization", admin)
                        .status())
                .isEqualTo(200);
    }

    private static String logIn(RunningServer server, String name) {
        HttpAnswer answer = post(server, name, PASSWORD);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("set-cookie").split(";", 2)[0];
    }

    private static HttpAnswer post(RunningServer server, String name, String password) {
        return server.post("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    private static StompClient connect(RunningServer server, String... headers) {
        StompClient client = StompClient.open(server.http(), server.port(), null, headers);
        client.frame("CONNECT\naccept-version:1.2\nhost:x", "");
        client.await("CONNECTED", frame -> true);
        return client;
    }

    private static HttpAnswer call(RunningServer server, String method, String path, String body, String... headers) {
        return server.answer(server.request(path)
                .header("Content-Type", "application/json")
                .headers(headers)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }
}
