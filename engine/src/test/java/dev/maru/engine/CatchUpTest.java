package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One client that catches up on many subscriptions at once. */
class CatchUpTest {
    private static final int SUBSCRIPTIONS = 60;
    private static final int MESSAGES = 8;
    private static final int MESSAGE_BYTES = 40_000;

    /** What one write may bring, and a message that does not quite fit into it. */
    private static final int ONE_WRITE = 256 * 1024 + MESSAGE_BYTES + 10_000;

    private final ExecutorService database = Executors.newSingleThreadExecutor();
    private EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() {
        fixture.close();
        database.shutdown();
    }

    @Test
    void leavesNoMoreUnsentThanItMayHoweverManySubscriptionsCatchUp() {
        store();
        TestClient client = fixture.connect();
        client.stuck(true);
        subscribeToAll(client);

        settle(client);

        assertThat(client.unsentBytes()).isLessThan(SessionLimits.DEFAULT.unsentBytes() + ONE_WRITE);
    }

    @Test
    void readsLittleInVainForManySubscriptionsAndLosesNothing() {
        fixture.log.answerOn(database);
        store();
        TestClient client = fixture.connect();
        client.stuck(true);
        subscribeToAll(client);
        settle(client);

        client.stuck(false);

        client.awaitFrames(StompCommand.MESSAGE, SUBSCRIPTIONS * MESSAGES);
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            String id = "s" + i;
            assertThat(client.frames(StompCommand.MESSAGE).stream()
                            .filter(message -> id.equals(message.header("subscription")))
                            .map(message -> message.header("message-id")))
                    .containsExactlyElementsOf(positions());
        }
        assertThat(fixture.log.reads()).isLessThan(4 * SUBSCRIPTIONS);
    }

    @Test
    void keepsSnapshotsForLaterWhileTheClientTakesNoMore() {
        fixture.close();
        fixture = new EngineFixture(Engine.builder()
                .snapshot("/topic/plain/*", destination -> EngineFixture.content("x".repeat(MESSAGE_BYTES))));
        TestClient client = fixture.connect();
        client.stuck(true);
        for (int i = 0; i < 100; i++) {
            client.send(StompCommand.SUBSCRIBE, "", "id", "s" + i, "destination", "/topic/plain/" + i);
        }
        client.settle(() -> {});

        assertThat(client.unsentBytes()).isLessThan(SessionLimits.DEFAULT.unsentBytes() + ONE_WRITE);
        client.stuck(false);
        client.awaitFrames(StompCommand.MESSAGE, 100);
    }

    private void store() {
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            for (int j = 0; j < MESSAGES; j++) {
                fixture.storeSilently(EngineFixture.KEPT + i, "x".repeat(MESSAGE_BYTES));
            }
        }
    }

    private static void subscribeToAll(TestClient client) {
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            client.send(
                    StompCommand.SUBSCRIBE, "", "id", "s" + i, "destination", EngineFixture.KEPT + i, "since", "e1-0");
        }
    }

    private static List<String> positions() {
        return IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "e1-" + i).toList();
    }

    /** Lets everything that was asked come to its end. */
    private void settle(TestClient client) {
        for (int i = 0; i < 2 * SUBSCRIPTIONS; i++) {
            CompletableFuture.runAsync(() -> {}, database).join();
            client.settle(() -> {});
        }
    }
}
