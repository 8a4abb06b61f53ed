package dev.maru.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.HttpAnswer;
import dev.maru.server.support.JarCommand;
import dev.maru.server.support.ServerProcess;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import dev.maru.testkit.RestartablePostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server with its data in a real PostgreSQL: alone, twice, and while the database is away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresIT {
    private static final String CHAT = "/app/chat/sendMessage";
    private static final String PASSWORD = "correct horse 말";

    @TempDir
    static Path folder;

    private static RestartablePostgres postgres;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        postgres = RestartablePostgres.start(folder.resolve("postgres"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.shutdownNow();
        postgres.close();
    }

    @Test
    @Order(1)
    void twoNodesStartAtOnceOnAnEmptyDatabaseAndHaveEverythingInCommon() throws IOException {
        try (ServerProcess one = server("one", "--maru.access=accounts");
                ServerProcess other = server("other", "--maru.access=accounts")) {
            int here = one.port();
            int there = other.port();
            assertThat(one.output()).contains("postgresql://localhost:").doesNotContain("user=");

            String admin = "Bearer " + adminToken("one", "other");
            String jane = "{\"name\":\"jane\",\"displayName\":\"Jane\",\"password\":\"" + PASSWORD + "\"}";
            assertThat(post(there, "/api/admin/accounts", jane, "Authorization", admin)
                            .status())
                    .isEqualTo(201);
            assertThat(post(here, "/api/admin/api-keys", "{\"name\":\"shop\"}", "Authorization", admin)
                            .status())
                    .isEqualTo(201);
            String login = "{\"name\":\"jane\",\"password\":\"" + PASSWORD + "\"}";
            HttpAnswer loggedIn = post(here, "/api/session", login);
            String cookie = loggedIn.header("set-cookie").split(";", 2)[0];

            try (StompClient client = connect(there, "Cookie", cookie)) {
                client.sent(CHAT, "{\"message\":\"hello from the other node\"}");
            }
            assertThat(get(here, "/api/rooms/lobby/messages", "Cookie", cookie).body())
                    .contains("hello from the other node", "\"Jane\"");
            assertThat(get(here, "/api/search?q=from+the+other", "Cookie", cookie)
                            .body())
                    .contains("hello");
        }
    }

    @Test
    @Order(2)
    void refusesWhatItCannotStoreWhileTheDatabaseIsAwayAndGoesOnByItself() {
        try (ServerProcess server = server("open", "--maru.access=open");
                StompClient writer = connect(server.port());
                StompClient reader = connect(server.port())) {
            int port = server.port();
            writer.subscribed("errors", "/user/queue/errors");
            reader.subscribed("tea", "/topic/public/tea");
            reader.subscribed("typing", "/topic/typing/tea");
            writer.sent(CHAT, talk("before"));
            assertThat(reader.message("tea").text("message")).isEqualTo("before");

            postgres.stop();
            writer.frame("SEND\nreceipt:lost\ndestination:" + CHAT, talk("while it is away"));
            StompMessage refusal = writer.message("errors");
            assertThat(refusal.header("message")).isEqualTo("unavailable");
            assertThat(post(port, "/api/rooms/tea/messages", "{\"sender\":\"Kim\",\"message\":\"by HTTP\"}")
                            .status())
                    .isEqualTo(503);
            writer.send("/app/chat/typing", "{\"roomId\":\"tea\",\"sender\":\"Jane\",\"typing\":true}");
            reader.message("typing");
            HttpAnswer health = get(port, "/actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().at("/components/db/status").asString()).isEqualTo("DOWN");
            assertThat(get(port, "/actuator/health/liveness").status()).isEqualTo(200);

            postgres.start();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(get(port, "/actuator/health").status()).isEqualTo(200));
            writer.sent(CHAT, talk("after"));
            assertThat(reader.message("tea").text("message")).isEqualTo("after");
            assertThat(writer.all("RECEIPT")).isEmpty();
            writer.assertStillOpen();
            reader.assertStillOpen();
        }
    }

    @Test
    @Order(3)
    void exportsAndNamesTheToolsThatBackItUp() throws IOException {
        String database = "--spring.datasource.url=" + postgres.url();
        JarCommand exported = JarCommand.run(
                "export", folder.resolve("exported").toString(), "--maru.data-dir=" + folder.resolve("open"), database);
        assertThat(exported.exitCode()).as(exported.toString()).isZero();
        assertThat(Files.readString(folder.resolve("exported/messages/tea.jsonl")))
                .contains("before", "after");
        assertThat(Files.readString(folder.resolve("exported/messages/lobby.jsonl")))
                .contains("from the other");

        JarCommand refused = JarCommand.run("backup", folder.resolve("backup").toString(), database);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("pg_dump");
    }

    @Test
    @Order(4)
    void saysOnOneLineThatThereIsNoDatabase() {
        try (ServerProcess server = ServerProcess.start(
                folder.resolve("none"),
                "--spring.datasource.url=jdbc:postgresql://localhost:1/none",
                "--spring.datasource.hikari.initialization-fail-timeout=1")) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output().lines())
                    .singleElement()
                    .asString()
                    .contains("Maru did not start: the database cannot be reached", "spring.datasource.url");
        }
    }

    private static String talk(String text) {
        return "{\"roomId\":\"tea\",\"sender\":\"Jane\",\"message\":\"" + text + "\"}";
    }

    /** Only one of the nodes has the file. */
    private static String adminToken(String... nodes) throws IOException {
        String token = "";
        for (String node : nodes) {
            Path file = folder.resolve(node).resolve("admin-token");
            if (Files.exists(file)) {
                assertThat(token).isEmpty();
                token = Files.readString(file).strip();
            }
        }
        return token;
    }

    private static ServerProcess server(String node, String... arguments) {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--spring.datasource.url=" + postgres.url();
        return ServerProcess.start(folder.resolve(node), all);
    }

    private static StompClient connect(int port, String... headers) {
        StompClient client = StompClient.open(http, port, null, headers);
        client.frame("CONNECT\naccept-version:1.2\nhost:localhost", "");
        client.await("CONNECTED", message -> true);
        return client;
    }

    private static HttpAnswer get(int port, String path, String... headers) {
        return answer(request(port, path, headers).GET().build());
    }

    private static HttpAnswer post(int port, String path, String json, String... headers) {
        return answer(request(port, path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private static HttpRequest.Builder request(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpAnswer answer(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new HttpAnswer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
