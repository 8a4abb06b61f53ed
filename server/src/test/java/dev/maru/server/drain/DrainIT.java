package dev.maru.server.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.ServerProcess;
import dev.maru.testkit.EventStreamClient;
import dev.maru.testkit.JsonSocketClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What SIGTERM does to the packaged server while people are talking. */
class DrainIT {
    private static final int PEOPLE = 50;
    private static final String HINT = "server-shutdown; reconnect-delay=\\d+";
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void hangUp() {
        http.shutdownNow();
    }

    @Test
    void answersEverybodyTellsThemWhenToComeBackAndLosesNothing(@TempDir Path data) throws Exception {
        List<Chatter> people = new ArrayList<>();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try (ServerProcess server = ServerProcess.start(data, "--maru.drain.notice=3s");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            int port = server.port();
            silent.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < PEOPLE; i++) {
                people.add(Chatter.start(i, http, port, executor));
            }
            await().until(() ->
                    people.stream().allMatch(person -> person.receipts().size() > 8));

            long begin = System.nanoTime();
            server.terminate();

            await().pollInterval(Duration.ofMillis(5)).until(() -> readiness(port) == 503);
            HttpResponse<String> refusal = await().pollInterval(Duration.ofMillis(5))
                    .until(() -> info(port), answer -> answer.statusCode() == 503);
            assertThat(refusal.headers().firstValue("retry-after").orElse("none"))
                    .matches("[1-5]");
            assertThat(people).allSatisfy(person -> {
                assertThat(person.client().closeCode()).isEqualTo(1012);
                assertThat(person.client().closeReason()).matches(HINT);
            });
            assertThat(server.exitCode()).isEqualTo(143);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        Map<String, String> receipted = new HashMap<>();
        people.forEach(person -> receipted.putAll(person.receipts()));
        try (ServerProcess server = ServerProcess.start(data)) {
            assertThat(stored(server.port())).isEqualTo(receipted);
        }
    }

    @Test
    void tellsTheClientsOfEveryTransport(@TempDir Path data) throws Exception {
        int tcpPort = freePort();
        try (ServerProcess server = ServerProcess.start(data, "--maru.stomp.tcp.port=" + tcpPort);
                Socket tcp = connectOverTcp(server, tcpPort)) {
            String base = "http://localhost:" + server.port();
            JsonSocketClient json = JsonSocketClient.connected(URI.create(base + "/socket"));
            EventStreamClient events = EventStreamClient.open(URI.create(base + "/sse?destination=/topic/public"));
            Poller waiting = new Poller(http, server.port()).connect();
            Poller betweenPolls = new Poller(http, server.port()).connect();

            server.terminate();

            assertThat(waiting.poll()).matches("c\\[1012,\"" + HINT + "\"]\n");
            assertThat(betweenPolls.poll()).matches("c\\[1012,\"" + HINT + "\"]\n");
            assertThat(json.awaitClosed().code()).isEqualTo(1012);
            assertThat(json.awaitClosed().reason()).matches(HINT);
            events.awaitEnd();
            assertThat(new String(tcp.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("ERROR\n")
                    .contains("message:server-shutdown\n")
                    .containsPattern("reconnect-delay:\\d+\n");
            assertThat(server.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void endsInTimeThoughSomethingHangs(@TempDir Path data) throws Exception {
        try (ServerProcess server = ServerProcess.start(data, "--maru.drain.exit-within=200ms");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            silent.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(silent.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");

            server.terminate();

            assertThat(server.exitCode()).isEqualTo(1);
        }
    }

    private Socket connectOverTcp(ServerProcess server, int port) throws IOException {
        server.port();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("CONNECT\naccept-version:1.2\nhost:a\nheart-beat:0,0\n\n\0".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(9), StandardCharsets.US_ASCII))
                .isEqualTo("CONNECTED");
        return socket;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int readiness(int port) throws IOException, InterruptedException {
        return get(port, "/actuator/health/readiness").statusCode();
    }

    private HttpResponse<String> info(int port) throws IOException, InterruptedException {
        return get(port, "/ws/info");
    }

    /** The offset of each message, by its {@code clientMessageId}. */
    private Map<String, String> stored(int port) throws IOException, InterruptedException {
        Map<String, String> offsets = new HashMap<>();
        for (int after = 0; ; after = offsets.size()) {
            JsonNode page = JSON.readTree(get(port, "/api/rooms/drain/messages?limit=200&after=" + after)
                            .body())
                    .path("messages");
            if (page.isEmpty()) {
                return offsets;
            }
            for (JsonNode message : page) {
                offsets.put(
                        message.path("clientMessageId").asString(),
                        message.path("offset").asString());
            }
        }
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
