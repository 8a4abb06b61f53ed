package dev.maru.server.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import dev.maru.testkit.JsonSocketClient;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who attacks by event streams, JSON sockets, addresses and headers is refused or cut off, takes no more memory than the
 * limits grant, and is not noticed by others.
 */
class StreamAttackIT {
    private static final String FLOODED = "/topic/public/flooded";
    private static final int SLOW_READERS = 20;
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Bystanders bystanders;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data,
                "--maru.limits.connect-timeout=2s",
                "--maru.limits.stall-timeout=2s",
                "--maru.limits.request-timeout=5s");
        bystanders = new Bystanders(server);
        bystanders.chatAsUsual();
    }

    @AfterAll
    static void stop() {
        bystanders.close();
        server.close();
    }

    @Test
    void slowReadersOfEventStreamsCostNoMoreThanTheirShare() {
        floodPast(() -> attacker().request("GET /sse?destination=" + FLOODED).awaits("\nid: "), true);
    }

    @Test
    void slowReadersOfSockJsStreamsCostNoMoreThanTheirShare() {
        floodPast(StreamAttackIT::sockJsReader, true);
    }

    private static Attacker sockJsReader() {
        String session = "/ws/000/" + UUID.randomUUID();
        Attacker reader = attacker()
                .request("POST " + session + "/xhr_streaming", "Content-Length: 0")
                .awaits("o\n");
        server.post(session + "/xhr_send", "[\"CONNECT\\naccept-version:1.2\\nhost:maru\\n\\n\\u0000\"]");
        server.post(
                session + "/xhr_send", "[\"SUBSCRIBE\\nid:s\\ndestination:" + FLOODED + "\\nreceipt:r\\n\\n\\u0000\"]");
        return reader.awaits("receipt-id:r");
    }

    @Test
    void slowReadersOfJsonSocketsCostNoMoreThanTheirShare() {
        floodPast(
                () -> attacker()
                        .upgrade("/socket")
                        .text("{\"type\":\"CONNECT\"}")
                        .awaits("CONNECTED")
                        .text("{\"type\":\"SUBSCRIBE\",\"id\":\"s\",\"destination\":\"" + FLOODED
                                + "\",\"receipt\":\"r\"}")
                        .awaits("RECEIPT"),
                false);
    }

    /**
     * Eight megabytes for each, while no one but the bystanders reads; each may make one megabyte wait,
     * and those whom a connection bounds in time are cut off.
     */
    private static void floodPast(Supplier<Attacker> slowReader, boolean cutOff) {
        List<Attacker> slow = Stream.generate(slowReader).limit(SLOW_READERS).toList();
        try (StompClient writer = server.connect()) {
            String text = "x".repeat(16_000);
            writer.sent("/app/chat/message/flooded", "{\"sender\":\"m\",\"message\":\"" + text + "\"}");
            long before = memory();
            for (int i = 0; i < 500; i++) {
                writer.send("/app/chat/message/flooded", "{\"sender\":\"m\",\"message\":\"" + text + "\"}");
                if (i % 100 == 99) {
                    bystanders.chatAsUsual();
                }
            }
            writer.sent("/app/chat/message/flooded", "{\"sender\":\"m\",\"message\":\"end\"}");
            assertThat(memory() - before).isLessThan((SLOW_READERS + 40L) * MEGABYTE);
            if (cutOff) {
                await().atMost(Duration.ofSeconds(20)).until(() -> slow.stream().allMatch(StreamAttackIT::isGone));
            }
        } finally {
            slow.forEach(Attacker::close);
        }
        bystanders.chatAsUsual();
    }

    @Test
    void floodsOfSubscriptionsEndTheConnection() {
        try (JsonSocketClient client = JsonSocketClient.connected(uri("/socket"))) {
            for (int i = 0; i < 501; i++) {
                client.send("SUBSCRIBE", "id", "s" + i, "destination", "/topic/public/room" + i);
            }
            assertThat(client.await("ERROR")).containsEntry("message", "too-many-subscriptions");
            assertThat(client.awaitClosed().code()).isEqualTo(1002);
        }
        bystanders.chatAsUsual();
    }

    @Test
    void slowSendersAreGivenUp() {
        try (Attacker slow = attacker().upgrade("/socket")) {
            slow.frame(0x01, "{\"type\":\"CON".getBytes(StandardCharsets.UTF_8));
            bystanders.chatAsUsual();
            assertThat(slow.rest()).contains("connect-timeout");
        }
    }

    @Test
    void messagesWithoutEndAreGivenUp() {
        try (Attacker endless = attacker().upgrade("/socket")) {
            endless.frame(0x01, new byte[100_000]);
            for (int i = 0; i < 4; i++) {
                endless.frame(0x00, new byte[100_000]);
            }
            bystanders.chatAsUsual();
            endless.frame(0x00, new byte[100_000]);
            assertThat(endless.rest()).contains("frame-too-large");
        }
    }

    @Test
    void deepJsonIsRefusedWhereItGoesDown() {
        try (JsonSocketClient client = JsonSocketClient.open(uri("/socket"))) {
            client.sendRaw("{\"type\":\"CONNECT\",\"a\":" + "[".repeat(200_000));
            assertThat(client.await("ERROR")).containsEntry("message", "malformed-frame");
        }
        bystanders.chatAsUsual();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../application.properties",
                "/..%2fapplication.properties",
                "/%2e%2e/application.properties",
                "/%2e%2e%2fapplication.properties",
                "/%252e%252e%252fapplication.properties",
                "/..%5capplication.properties",
                "/..\\application.properties",
                "/assets/..%2f..%2f..%2fapplication.properties",
                "/;/../application.properties",
                "/..;/application.properties",
                "/index.html%00.js",
                "/%00",
                "//etc/passwd",
                "/%2fetc%2fpasswd",
                "/file:/etc/passwd",
                "/sse/..%2fapplication.properties",
                "/META-INF/MANIFEST.MF",
                "/.maru/admin-token"
            })
    void tricksWithPathsLeadNowhere(String path) {
        try (Attacker attacker = attacker()) {
            String answer = attacker.request("GET " + path, "Connection: close").rest();
            assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*");
            assertThat(answer).doesNotContain("spring.application.name", "root:", "Manifest-Version");
        }
    }

    @Test
    void floodsOfHeadersAreRefused() {
        String[] many = Stream.generate(() -> "X-Flood: " + "x".repeat(100))
                .limit(2_000)
                .toArray(String[]::new);
        for (String path : new String[] {"/sse?destination=/topic/public", "/socket", "/"}) {
            try (Attacker attacker = attacker()) {
                assertThat(attacker.request("GET " + path, many).rest()).startsWith("HTTP/1.1 431");
            }
        }
        bystanders.chatAsUsual();
    }

    @Test
    void manyReadersComeAndGoWithoutATrace() {
        long before = memory();
        for (int i = 0; i < 300; i++) {
            attacker().request("GET /sse?destination=/topic/public").close();
        }
        bystanders.chatAsUsual();
        await().untilAsserted(() -> assertThat(memory() - before).isLessThan(20L * MEGABYTE));
    }

    /** Reads nothing, so that the server sees no progress. */
    private static boolean isGone(Attacker slow) {
        try {
            slow.send(new byte[] {'\n'});
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private static Attacker attacker() {
        return new Attacker(server.port());
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    /** What is in use, on the heap and in Netty's buffers. */
    private static long memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
