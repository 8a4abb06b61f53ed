package dev.maru.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.ServerProcess;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills the server again and again while a client sends with receipts. The client behaves as an outbox does: after each
 * restart it sends again what it has no receipt for, under the same ids. So message number n must stand at offset n,
 * once, and where its receipt said that it stands.
 */
class CrashIT {
    private static final int KILLS = 10;
    private static final int UNANSWERED = 200;
    private static final int PAGE = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(20261122);
    private final Map<Integer, String> receipts = new TreeMap<>();
    private int sent;
    private int verified;

    @Test
    void losesNothingThatWasReceiptedHoweverOftenItIsKilled(@TempDir Path data) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data)) {
                verify(server.port());
                sendUntilKilled(server);
            }
        }
        try (ServerProcess server = ServerProcess.start(data)) {
            sendAgain(StompClient.connect(http, server.port()));
            verify(server.port());
        }
        assertThat(verified).isEqualTo(sent).isGreaterThan(KILLS * 20);
    }

    private void sendUntilKilled(ServerProcess server) {
        StompClient client = StompClient.connect(http, server.port());
        sendAgain(client);
        int before = receipts.size();
        int enough = before + 20 + random.nextInt(200);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    collectReceipts(client);
                    while (sent - receipts.size() < UNANSWERED) {
                        send(client, ++sent);
                    }
                    return receipts.size() >= enough;
                });
        server.kill();
        assertThat(client.closeCode()).isEqualTo(1006);
        collectReceipts(client);
    }

    private void sendAgain(StompClient client) {
        for (int number = 1; number <= sent; number++) {
            if (!receipts.containsKey(number)) {
                send(client, number);
            }
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> {
                    collectReceipts(client);
                    assertThat(receipts).hasSize(sent);
                });
    }

    private static void send(StompClient client, int number) {
        client.frame(
                "SEND\ndestination:/app/chat/sendMessage\nreceipt:" + number,
                "{\"roomId\":\"crash\",\"sender\":\"outbox\",\"message\":\"%d\",\"clientMessageId\":\"%d\"}"
                        .formatted(number, number));
    }

    private void collectReceipts(StompClient client) {
        for (StompMessage receipt : client.drain("RECEIPT")) {
            receipts.put(
                    Integer.valueOf(String.valueOf(receipt.header("receipt-id"))),
                    String.valueOf(receipt.header("position")));
        }
    }

    /** Reads everything that was not verified yet. */
    private void verify(int port) throws IOException, InterruptedException {
        JsonNode messages = page(port);
        while (!messages.isEmpty()) {
            for (JsonNode message : messages) {
                verified++;
                assertThat(message.path("offset").asInt()).isEqualTo(verified);
                assertThat(message.path("message").asString()).isEqualTo(Integer.toString(verified));
                assertThat(receipts.getOrDefault(verified, "none-" + verified)).endsWith("-" + verified);
            }
            messages = page(port);
        }
        assertThat(receipts.keySet().stream().filter(number -> number > verified))
                .isEmpty();
    }

    private JsonNode page(int port) throws IOException, InterruptedException {
        URI page = URI.create(
                "http://localhost:%d/api/rooms/crash/messages?after=%d&limit=%d".formatted(port, verified, PAGE));
        return JSON.readTree(http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                        .body())
                .path("messages");
    }
}
