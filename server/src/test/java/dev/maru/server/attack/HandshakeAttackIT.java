package dev.maru.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who attacks before or right after the handshake is refused or cut off, takes no more memory than the limits grant, and
 * is not noticed by others.
 */
class HandshakeAttackIT {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int DEFLATED_TEXT = 0xC1;
    private static final int CUT_OFF_SOON = 2;

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Bystanders bystanders;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                data,
                "--maru.limits.connect-timeout=" + CUT_OFF_SOON + "s",
                "--maru.limits.handshake-timeout=" + CUT_OFF_SOON + "s",
                "--maru.limits.request-timeout=" + CUT_OFF_SOON + "s");
        bystanders = new Bystanders(server);
        bystanders.chatAsUsual();
    }

    @AfterAll
    static void stop() {
        bystanders.close();
        server.close();
    }

    @Test
    void thousandHalfOpenHandshakesAreCutOff() {
        long before = memory();
        List<Attacker> halfOpen = Stream.generate(
                        () -> attacker().send(bytes("GET /ws HTTP/1.1\r\nHost: localhost\r\nX: ")))
                .limit(1000)
                .toList();
        try {
            bystanders.chatAsUsual();
            assertThat(memory() - before).isLessThan(32L * MEGABYTE);
            assertThat(halfOpen.getFirst().rest()).startsWith("HTTP/1.1 408 ").contains("\"code\":4314");
            assertThat(halfOpen.getLast().rest()).startsWith("HTTP/1.1 408 ");
            bystanders.chatAsUsual();
        } finally {
            halfOpen.forEach(Attacker::close);
        }
    }

    @Test
    void headsThatDripInAreCutOff() {
        try (Attacker slow = attacker()) {
            assertCutOff(() -> slow.send(bytes("a")), slow.send(bytes("GET /ws HTTP/1.1\r\nHost: localhost\r\nX: ")));
        }
    }

    @Test
    void bodiesThatDripInAreCutOff() {
        try (Attacker slow = attacker()) {
            assertCutOff(
                    () -> slow.send(bytes("a")),
                    slow.request("POST /api/rooms", "Content-Type: application/json", "Content-Length: 1000"));
        }
    }

    @Test
    void framesThatDripInBeforeConnectAreCutOff() {
        try (Attacker slow = attacker().upgrade("/ws")) {
            slow.send(new byte[] {(byte) 0x81, (byte) 0xFD, 0, 0, 0, 0});
            assertCutOff(() -> slow.send(bytes("C")), slow);
        }
    }

    @Test
    void floodsOfHeadersAreRefused() {
        StringBuilder headers = new StringBuilder("GET /ws HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 20_000; i++) {
            headers.append("X-")
                    .append(i)
                    .append(": ")
                    .append("flood ".repeat(8))
                    .append("\r\n");
        }
        long before = memory();
        try (Attacker flood = attacker().send(bytes(headers + "\r\n"))) {
            assertThat(flood.rest()).startsWith("HTTP/1.1 431 ").contains("\"code\":4308");
        }
        assertThat(memory() - before).isLessThan(16L * MEGABYTE);
        bystanders.chatAsUsual();
    }

    @Test
    void framesBeforeConnectEndTheConnection() {
        try (Attacker early = attacker().upgrade("/ws")) {
            early.text("SEND\ndestination:/app/chat/message/tea\n\n{\"sender\":\"x\",\"message\":\"uninvited\"}\0");
            assertThat(early.rest()).contains("ERROR", "code:4007", "protocol-fault");
        }
        bystanders.chatAsUsual();
    }

    @Test
    void decompressionBombsAreDefused() {
        byte[] bomb = bomb(200 * MEGABYTE);
        long before = memory();
        for (int i = 0; i < 2; i++) {
            try (Attacker attacker = attacker()) {
                attacker.request(
                                "GET /ws",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                "Sec-WebSocket-Extensions: permessage-deflate")
                        .awaits("\r\n\r\n")
                        .frame(DEFLATED_TEXT, bomb);
                assertThat(attacker.rest()).contains("frame-too-large");
            }
        }
        assertThat(memory() - before).isLessThan(16L * MEGABYTE);
        bystanders.chatAsUsual();
    }

    /** Sends a little now and then; the connection ends all the same, though not at once. */
    private static void assertCutOff(Runnable drip, Attacker slow) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(4L * CUT_OFF_SOON))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ends(drip));
        assertThat(slow.rest()).doesNotContain("timed out");
        bystanders.chatAsUsual();
    }

    private static boolean ends(Runnable drip) {
        try {
            drip.run();
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    /** Line feeds, each of them a sound heart-beat. */
    private static byte[] bomb(int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true), 8192, true)) {
            byte[] lineFeeds = new byte[MEGABYTE];
            Arrays.fill(lineFeeds, (byte) '\n');
            for (int i = 0; i < size / MEGABYTE; i++) {
                out.write(lineFeeds);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Attacker attacker() {
        return new Attacker(server.port());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long memory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }
}
