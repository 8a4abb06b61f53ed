package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.DrainPlan;
import dev.maru.stomp.StompCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an engine sends its clients away. */
class DrainTest {
    private final List<CompletableFuture<Void>> handlers = new CopyOnWriteArrayList<>();
    private final EngineFixture fixture = new EngineFixture(Engine.builder()
            .application(
                    frame -> {
                        CompletableFuture<Void> returned = new CompletableFuture<>();
                        handlers.add(returned);
                        return returned;
                    },
                    "/app/"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void answersWhatItHasReceivedBeforeItSendsAClientAway() {
        TestClient busy = fixture.connect();
        TestClient idle = fixture.connect();
        busy.send(StompCommand.SEND, "1", "destination", "/app/a", "receipt", "one")
                .send(StompCommand.SEND, "2", "destination", "/app/a", "receipt", "two");
        await().until(() -> handlers.size() == 1);

        CompletableFuture<Void> drained = drain(DrainPlan.DEFAULT);
        awaitClosed(idle);
        await().until(() -> !busy.isReading());
        busy.send(StompCommand.SEND, "3", "destination", "/app/a", "receipt", "too late");
        handlers.getFirst().complete(null);
        await().until(() -> handlers.size() == 2);
        assertThat(busy.closed()).isNull();
        handlers.getLast().complete(null);

        drained.join();
        awaitClosed(busy);
        assertThat(busy.frames(StompCommand.RECEIPT))
                .extracting(receipt -> receipt.header("receipt-id"))
                .containsExactly("one", "two");
        assertThat(handlers).hasSize(2);
    }

    @Test
    void sendsEvenThoseAwayWhoAreNotAnsweredInTime() {
        TestClient client = fixture.connect();
        client.send(StompCommand.SEND, "1", "destination", "/app/a", "receipt", "never");
        await().until(() -> handlers.size() == 1);

        drain(DrainPlan.DEFAULT.within(Duration.ofMillis(50))).join();

        awaitClosed(client);
        assertThat(client.frames(StompCommand.RECEIPT)).isEmpty();
    }

    @Test
    void closesInBatchesAndSpreadsTheReturn() {
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(fixture.connect());
        }
        long begin = System.nanoTime();

        drain(new DrainPlan(Duration.ofSeconds(10), 10, Duration.ofMillis(100), 10))
                .join();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
        assertThat(clients).allSatisfy(DrainTest::awaitClosed);
        assertThat(clients)
                .extracting(TestClient::comeBack)
                .allSatisfy(millis -> assertThat(millis).isBetween(200, 4_200));
        assertThat(clients.stream().map(TestClient::comeBack).distinct().count())
                .isGreaterThan(20);
    }

    @Test
    void makesBatchesLargerThanThePlanWhereItWouldTakeTooLong() {
        for (int i = 0; i < 60; i++) {
            fixture.connect();
        }
        long begin = System.nanoTime();

        drain(new DrainPlan(Duration.ofSeconds(1), 1, Duration.ofMillis(50), 1000))
                .join();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(fixture.engine.sessions()).isZero();
    }

    @Test
    void sendsThoseAwayAtOnceWhoComeMeanwhile() {
        drain(DrainPlan.DEFAULT).join();

        TestClient late = fixture.open();

        awaitClosed(late);
        assertThat(late.comeBack()).isPositive();
    }

    @Test
    void makesNoPlanThatCannotEnd() {
        assertThatThrownBy(() -> DrainPlan.DEFAULT.within(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DrainPlan(Duration.ofSeconds(1), 0, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DrainPlan(Duration.ofSeconds(1), 1, Duration.ofMillis(-1), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CompletableFuture<Void> drain(DrainPlan plan) {
        return CompletableFuture.runAsync(() -> fixture.engine.drain(plan));
    }

    private static void awaitClosed(TestClient client) {
        await().atMost(Duration.ofSeconds(5)).until(() -> client.closed() == CloseReason.SERVER_SHUTDOWN);
    }
}
