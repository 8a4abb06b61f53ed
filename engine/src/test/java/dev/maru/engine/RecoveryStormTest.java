package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.history.HistoryCache;
import dev.maru.stomp.StompCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everybody comes back at once, to one room. */
class RecoveryStormTest {
    private static final String KEPT = EngineFixture.KEPT;
    private static final int CLIENTS = 50;
    private static final int SUBSCRIPTIONS = 20;
    private static final int STORED = 300;

    private final EngineFixture fixture = new EngineFixture(new HistoryCache(16 << 20));
    private final ExecutorService database = Executors.newSingleThreadExecutor();

    RecoveryStormTest() {
        fixture.log.answerOn(database);
        IntStream.rangeClosed(1, STORED).forEach(i -> fixture.storeSilently(KEPT, "m" + i));
    }

    @AfterEach
    void close() {
        fixture.close();
        database.shutdown();
    }

    @Test
    void readsEachPageOnceHoweverManyResumeFromWherever() {
        List<TestClient> clients = comeBack("since");

        haveAllUpTo(STORED, clients);
        assertThat(fixture.log.reads()).isLessThanOrEqualTo(3);
    }

    @Test
    void readsAPageOnceForAllWhoWantTheLastMessages() {
        List<TestClient> clients = comeBack("last");

        haveAllUpTo(STORED, clients);
        assertThat(fixture.log.reads()).isLessThanOrEqualTo(3);
    }

    @Test
    void losesNothingOfWhatIsSaidMeanwhile() {
        Thread.ofVirtual()
                .start(() ->
                        IntStream.rangeClosed(STORED + 1, STORED + 20).forEach(i -> fixture.publish(KEPT, "m" + i)));
        List<TestClient> clients = comeBack("since");

        haveAllUpTo(STORED + 20, clients);
        assertThat(fixture.log.reads()).isLessThan(CLIENTS);
    }

    private List<TestClient> comeBack(String header) {
        List<TestClient> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> fixture.open()
                        .send(StompCommand.CONNECT, "", "accept-version", "1.2", "host", "x", "heart-beat", "0,0"))
                .toList();
        for (TestClient client : clients) {
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                String value = header.equals("last") ? "" + missed(i) : "e1-" + (STORED - missed(i));
                client.send(
                        StompCommand.SUBSCRIBE, "", "id", "s" + i, "destination", KEPT, "receipt", "r", header, value);
            }
        }
        return clients;
    }

    /** Most were away for a moment, a few for longer. */
    private static int missed(int subscription) {
        return subscription == 0 ? 150 : 1 + subscription % 4;
    }

    private static void haveAllUpTo(int last, List<TestClient> clients) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> clients.stream()
                        .allMatch(client -> client.received.stream()
                                        .filter(frame -> frame.body().equals("m" + last))
                                        .count()
                                == SUBSCRIPTIONS));
        for (TestClient client : clients) {
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                assertThat(texts(client, "s" + i))
                        .isEqualTo(IntStream.rangeClosed(STORED - missed(i) + 1, last)
                                .mapToObj(offset -> "m" + offset)
                                .toList());
            }
        }
    }

    private static List<String> texts(TestClient client, String subscription) {
        return client.frames(StompCommand.MESSAGE).stream()
                .filter(frame -> subscription.equals(frame.header("subscription")))
                .map(TestClient.Received::body)
                .toList();
    }
}
