package dev.maru.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.testkit.EventStreamClient;
import dev.maru.testkit.JsonSocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server counts, as whoever runs it sees it. */
class MetricsIT {
    private static final String ROOM = "/topic/public/lobby";
    private static final int AWAY = 30;

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void countsWhatHappens() {
        long received = metric("maru_messages_received_total");
        long delivered = metric("maru_messages_delivered_total");
        long sent = metric("maru_sent_bytes_total");
        try (StompClient jane = server.connect();
                StompClient minsu = server.connect()) {
            jane.subscribed("s", ROOM);
            minsu.subscribed("s", ROOM);
            minsu.sent("/app/chat/sendMessage", talk("counted"));
            jane.message("s");
            minsu.message("s");

            await().untilAsserted(() -> assertThat(metric("maru_messages_delivered_total") - delivered)
                    .isEqualTo(2));
            assertThat(metric("maru_messages_received_total") - received).isEqualTo(1);
            assertThat(metric("maru_sent_bytes_total") - sent).isGreaterThan(400);
            assertThat(metric("maru_subscriptions")).isEqualTo(2);
            assertThat(metric("maru_sessions")).isEqualTo(2);
            assertThat(metric("maru_connections{transport=\"websocket\"}")).isEqualTo(2);
            assertThat(metric("maru_unsent_bytes")).isZero();
            assertThat(metric("maru_store_writes_total")).isPositive();
            assertThat(metric("maru_store_commit_seconds_count")).isPositive();
            assertThat(metric("maru_store_waiting")).isZero();

            minsu.frame("SEND\ndestination:/topic/private", "");
            minsu.error();
            assertThat(metric("maru_refusals_total{code=\"4018\",fault=\"forbidden\"}"))
                    .isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(metric("maru_subscriptions")).isZero());
        assertThat(metric("maru_slow_consumers_disconnected_total")).isZero();
    }

    @Test
    void servesAllWhoComeBackAtOnceFromOneReading() {
        String since;
        try (StompClient jane = server.connect()) {
            since = jane.sent("/app/chat/sendMessage", talk("before")).header("position");
            for (int i = 1; i <= AWAY; i++) {
                jane.sent("/app/chat/sendMessage", talk("missed " + i));
            }
        }
        long reads = metric("maru_history_reads_total");
        List<AutoCloseable> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                StompClient client = server.connect();
                clients.add(client);
                client.subscribe("since", ROOM, "since:" + since).subscribe("last", ROOM, "last:" + AWAY);
                JsonSocketClient json = JsonSocketClient.connected(uri("/socket"));
                clients.add(json);
                json.send("SUBSCRIBE", "id", "s", "destination", ROOM, "since", since);
                clients.add(EventStreamClient.open(uri("/sse?destination=" + ROOM), "Last-Event-ID", since));
            }
            clients.forEach(MetricsIT::hasAllThatItMissed);

            assertThat(metric("maru_history_reads_total") - reads).isBetween(1L, 2L);
            assertThat(metric("maru_history_hits_total")).isGreaterThan(50);
            assertThat(metric("maru_history_cache_bytes")).isPositive();
        } finally {
            clients.forEach(MetricsIT::close);
        }
    }

    private static void hasAllThatItMissed(AutoCloseable client) {
        for (int i = 1; i <= AWAY; i++) {
            String text = "missed " + i + "\"";
            switch (client) {
                case StompClient stomp -> {
                    assertThat(stomp.message("since").body()).contains(text);
                    assertThat(stomp.message("last").body()).contains(text);
                }
                case JsonSocketClient json ->
                    assertThat(json.await("MESSAGE").get("body")).contains(text);
                case EventStreamClient events ->
                    assertThat(events.next().data()).contains(text);
                default -> throw new IllegalArgumentException(client.toString());
            }
        }
    }

    private static long metric(String name) {
        try {
            String token = Files.readString(data.resolve("admin-token")).strip();
            String all = server.answer(server.request("/actuator/prometheus")
                            .header("Authorization", "Bearer " + token)
                            .GET()
                            .build())
                    .body();
            return all.lines()
                    .filter(line -> line.startsWith(name + " ") || (!name.contains("{") && line.startsWith(name + "{")))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .mapToLong(Math::round)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String talk(String text) {
        return "{\"type\":\"TALK\",\"sender\":\"jane\",\"message\":\"" + text + "\"}";
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
