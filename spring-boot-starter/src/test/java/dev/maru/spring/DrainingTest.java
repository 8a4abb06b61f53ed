package dev.maru.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.spring.tutorial.Gate;
import dev.maru.spring.tutorial.TutorialApplication;
import dev.maru.stomp.StompCommand;
import dev.maru.testkit.HandshakeRefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What the clients of an application see when its context is closed. */
class DrainingTest {

    @Test
    void answersWhatMethodsAreStillAtWorkOnAndRefusesNewcomersMeanwhile() {
        ConfigurableApplicationContext context = RunningTutorial.start(new String[0], TutorialApplication.class);
        int port = RunningTutorial.port(context);
        Gate gate = context.getBean(Gate.class);
        try (TestClient busy = TestClient.connected(port);
                TestClient idle = TestClient.connected(port)) {
            // In one message, so that all are read when the first one is answered.
            busy.text(send("/app/thread", "read")
                    + send("/app/slow", "slow")
                    + send("/app/journal", "journal")
                    + send("/app/journal", "last"));
            busy.await(StompCommand.RECEIPT, "receipt-id:read");

            CompletableFuture<Void> closed = closing(context);
            assertThat(idle.awaitClose()).isEqualTo(1012);
            assertThatThrownBy(() -> TestClient.open(port, "/ws"))
                    .isInstanceOfSatisfying(
                            HandshakeRefusedException.class,
                            refused -> assertThat(refused.status()).isEqualTo(503));
            gate.open();

            busy.await(StompCommand.RECEIPT, "receipt-id:slow");
            busy.await(StompCommand.RECEIPT, "receipt-id:journal", "position:");
            busy.await(StompCommand.RECEIPT, "receipt-id:last", "position:");
            assertThat(busy.awaitClose()).isEqualTo(1012);
            closed.join();
        } finally {
            gate.open();
            context.close();
        }
    }

    @Test
    void closesInTimeThoughAMethodNeverReturns() {
        ConfigurableApplicationContext context =
                RunningTutorial.start(new String[] {"--maru.drain.timeout=600ms"}, TutorialApplication.class);
        Gate gate = context.getBean(Gate.class);
        try (TestClient busy = TestClient.connected(RunningTutorial.port(context))) {
            busy.text(send("/app/thread", "read") + send("/app/slow", "never"));
            busy.await(StompCommand.RECEIPT, "receipt-id:read");
            long begin = System.nanoTime();

            CompletableFuture<Void> closed = closing(context);

            assertThat(busy.awaitClose()).isEqualTo(1012);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
            assertThat(busy.received(StompCommand.RECEIPT, "never")).isEmpty();
            gate.open();
            closed.join();
        } finally {
            gate.open();
            context.close();
        }
    }

    /** On a thread of its own: clients need those of the common pool. */
    private static CompletableFuture<Void> closing(ConfigurableApplicationContext context) {
        return CompletableFuture.runAsync(
                context::close, task -> Thread.ofPlatform().start(task));
    }

    private static String send(String destination, String receipt) {
        return "SEND\ndestination:" + destination + "\nreceipt:" + receipt + "\n\ntext\0";
    }
}
