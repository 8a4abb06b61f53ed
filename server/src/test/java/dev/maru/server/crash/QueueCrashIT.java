package dev.maru.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.ServerProcess;
import dev.maru.server.support.StompClient;
import dev.maru.server.support.StompMessage;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server while one client fills a queue and another empties it. What was receipted is delivered, by this
 * process or a later one, and what was acknowledged with a receipt is never delivered again.
 */
class QueueCrashIT {
    private static final int KILLS = 3;
    private static final int BATCH = 400;
    private static final String[] RULES = {"--maru.rules[0].destination=/queue/**", "--maru.rules[0].access=permit"};

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<Integer> stored = new TreeSet<>();
    private final Set<Integer> delivered = new HashSet<>();
    private final Set<Integer> gone = new HashSet<>();
    private int sent;

    @Test
    void losesNothingThatWasReceiptedAndRepeatsNothingThatWasAcknowledged(@TempDir Path data) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data, RULES)) {
                fillAndEmpty(server);
            }
        }
        try (ServerProcess server = ServerProcess.start(data, RULES)) {
            StompClient consumer = consumer(server);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                take(consumer);
                return delivered.containsAll(stored);
            });
        }
        assertThat(stored).hasSizeGreaterThan(KILLS * 100);
        assertThat(gone).isNotEmpty();
    }

    private void fillAndEmpty(ServerProcess server) {
        StompClient producer = StompClient.connect(http, server.port());
        StompClient consumer = consumer(server);
        for (int i = 0; i < BATCH; i++) {
            int number = ++sent;
            producer.frame("SEND\ndestination:/queue/crash\nreceipt:" + number, Integer.toString(number));
        }
        int enough = stored.size() + BATCH / 2;
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    take(consumer);
                    producer.drain("RECEIPT").forEach(receipt -> stored.add(number(receipt.header("receipt-id"))));
                    return stored.size() >= enough && !gone.isEmpty();
                });
        server.kill();
        consumer.closeCode();
        producer.closeCode();
        producer.drain("RECEIPT").forEach(receipt -> stored.add(number(receipt.header("receipt-id"))));
        take(consumer);
    }

    private StompClient consumer(ServerProcess server) {
        StompClient consumer = StompClient.connect(http, server.port());
        consumer.subscribe("work", "/queue/crash", "ack:client-individual");
        return consumer;
    }

    /** Acknowledges every second message, and asks for a receipt that names it. */
    private void take(StompClient consumer) {
        List<StompMessage> messages = consumer.drain("MESSAGE");
        for (StompMessage message : messages) {
            int number = number(message.body());
            assertThat(gone).doesNotContain(number);
            delivered.add(number);
            if (number % 2 == 0) {
                consumer.frame("ACK\nid:" + message.header("ack") + "\nreceipt:" + number, "");
            }
        }
        consumer.drain("RECEIPT").forEach(receipt -> gone.add(number(receipt.header("receipt-id"))));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
