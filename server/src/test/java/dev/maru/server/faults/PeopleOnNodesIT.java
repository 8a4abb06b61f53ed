package dev.maru.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.ServerProcess;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.PostgresServer;
import dev.maru.testkit.ReceivedFrame;
import dev.maru.testkit.RedisServer;
import dev.maru.testkit.StompTestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Who is where, on two packaged servers with a real PostgreSQL and a real Redis. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PeopleOnNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static RedisServer redis;
    private static String database;
    private static ServerProcess one;
    private static ServerProcess other;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start();
        database = "people_" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        one = server("one");
        other = server("other");
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    @Order(1)
    void tellsOnAllNodesOnceWhoComesAndWhoGoes() throws Exception {
        try (StompTestClient here = watcher(one, "tea");
                StompTestClient there = watcher(other, "tea")) {
            StompTestClient ann = person(one, "tea", "Ann");
            awaitPeople("tea", "Ann");
            StompTestClient annAgain = person(other, "tea", "Ann");
            StompTestClient bob = person(other, "tea", "Bob");
            awaitPeople("tea", "Ann", "Bob");
            ann.close();
            bob.close();
            awaitPeople("tea", "Ann");
            annAgain.close();
            awaitPeople("tea");

            for (StompTestClient client : List.of(here, there)) {
                await().atMost(PATIENCE).until(() -> told(client, "LEAVE", "Ann") > 0);
                assertThat(news(client)).containsExactly("JOIN Ann", "JOIN Bob", "LEAVE Bob", "LEAVE Ann");
            }
        }
    }

    @Test
    @Order(2)
    void doesNotTellOfSomebodyWhoIsBackOnAnotherNodeInTime() throws Exception {
        try (StompTestClient here = watcher(one, "milk");
                StompTestClient there = watcher(other, "milk")) {
            StompTestClient ann = person(one, "milk", "Ann");
            StompTestClient bob = person(one, "milk", "Bob");
            awaitPeople("milk", "Ann", "Bob");
            ann.abort();
            bob.abort();
            try (StompTestClient back = person(other, "milk", "Ann")) {
                for (StompTestClient client : List.of(here, there)) {
                    await().atMost(PATIENCE).until(() -> told(client, "LEAVE", "Bob") > 0);
                    assertThat(news(client)).containsExactly("JOIN Ann", "JOIN Bob", "LEAVE Bob");
                }
                awaitPeople("milk", "Ann");
                assertThat(back.frames()).isNotEmpty();
            }
        }
    }

    @Test
    @Order(3)
    void tellsOnceThatThePeopleOfAKilledNodeHaveLeft() throws Exception {
        try (StompTestClient there = watcher(other, "soup");
                StompTestClient cyn = person(other, "soup", "Cyn")) {
            person(one, "soup", "Ann");
            person(one, "soup", "Bob");
            person(one, "soup", "Cyn");
            awaitPeople("soup", "Cyn", "Ann", "Bob");
            one.kill();

            await().atMost(PATIENCE).until(() -> told(there, "LEAVE", "Ann") > 0 && told(there, "LEAVE", "Bob") > 0);
            one = server("one");
            awaitPeople("soup", "Cyn");
            try (StompTestClient ann = person(one, "soup", "Ann")) {
                await().atMost(PATIENCE).until(() -> told(there, "JOIN", "Ann") == 2);
                assertThat(told(there, "LEAVE", "Ann")).isEqualTo(1);
                assertThat(told(there, "LEAVE", "Bob")).isEqualTo(1);
                assertThat(told(there, "LEAVE", "Cyn")).isZero();
                assertThat(ann.frames()).isNotEmpty();
                assertThat(cyn.frames()).isNotEmpty();
            }
        }
    }

    @Test
    @Order(4)
    void holdsItsPeopleAgainAfterItWasTakenForDead() throws Exception {
        try (StompTestClient there = watcher(other, "rice")) {
            StompTestClient ann = person(one, "rice", "Ann");
            awaitPeople("rice", "Ann");
            one.signal("STOP");
            await().atMost(PATIENCE).until(() -> told(there, "LEAVE", "Ann") == 1);
            one.signal("CONT");

            await().atMost(PATIENCE).until(() -> told(there, "JOIN", "Ann") == 2);
            awaitPeople("rice", "Ann");
            ann.close();
            awaitPeople("rice");
        }
    }

    private static ServerProcess server(String name) {
        return ServerProcess.start(
                folder.resolve(name),
                "--spring.datasource.url=" + PostgresServer.url(database, PostgresServer.port()),
                "--maru.access=open",
                "--maru.cluster.broker=redis",
                "--spring.data.redis.port=" + redis.port(),
                "--maru.cluster.node-lease=3s",
                "--maru.presence.grace=3s");
    }

    private static StompTestClient watcher(ServerProcess server, String room) {
        StompTestClient client = client(server);
        client.subscribed("room", "/topic/public/" + room);
        return client;
    }

    private static StompTestClient person(ServerProcess server, String room, String name) {
        StompTestClient client = client(server);
        client.sendAndAwaitReceipt(
                "/app/chat/addUser", "{\"roomId\":\"" + room + "\",\"sender\":\"" + name + "\",\"type\":\"JOIN\"}");
        return client;
    }

    private static StompTestClient client(ServerProcess server) {
        return StompTestClient.connected(URI.create("ws://127.0.0.1:" + server.port() + "/ws"), "heart-beat", "0,0");
    }

    /** On both nodes, with the same version. */
    private static void awaitPeople(String room, String... people) {
        String names = people.length == 0 ? "" : "\"" + String.join("\",\"", people) + "\"";
        await().atMost(PATIENCE).untilAsserted(() -> {
            String seen = presence(one, room);
            assertThat(seen).endsWith("\"people\":[" + names + "]}");
            assertThat(presence(other, room)).isEqualTo(seen);
        });
    }

    private static String presence(ServerProcess server, String room) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/rooms/" + room + "/presence");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 404 ? "\"people\":[]}" : answer.body();
        }
    }

    private static long told(StompTestClient client, String type, String name) {
        return news(client).stream().filter((type + " " + name)::equals).count();
    }

    private static List<String> news(StompTestClient client) {
        return client.frames().stream()
                .filter(frame -> frame.command() == StompCommand.MESSAGE)
                .map(ReceivedFrame::text)
                .map(text -> text.replaceFirst(".*\"type\":\"([A-Z]+)\",\"sender\":\"(\\w+)\".*", "$1 $2"))
                .toList();
    }
}
