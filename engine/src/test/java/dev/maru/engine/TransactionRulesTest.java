package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.TransactionLimits;
import dev.maru.stomp.StompCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ends the connection of a client that uses transactions. */
class TransactionRulesTest {
    private final EngineFixture fixture = new EngineFixture();
    private final TestClient client = fixture.connect();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void refusesATransactionThatIsOpenAlready() {
        begin("t");
        begin("t");

        assertEnded("transaction-exists");
    }

    @Test
    void refusesFramesOfATransactionThatWasNotBegun() {
        send("t", "1");

        assertEnded("unknown-transaction");
    }

    @Test
    void refusesToCommitTwice() {
        begin("t");
        commit("t");
        commit("t");

        assertEnded("unknown-transaction");
    }

    @Test
    void refusesToAbortWhatWasNotBegun() {
        client.send(StompCommand.ABORT, "", "transaction", "t");

        assertEnded("unknown-transaction");
    }

    @Test
    void wantsTheNameOfATransaction() {
        client.send(StompCommand.BEGIN, "");

        assertEnded("missing-header");
    }

    @Test
    void refusesMoreOpenTransactionsThanTheLimit() {
        for (int i = 0; i <= TransactionLimits.DEFAULT.open(); i++) {
            begin("t" + i);
        }

        assertEnded("too-many-transactions");
    }

    @Test
    void refusesMoreFramesInATransactionThanTheLimit() {
        begin("t");
        for (int i = 0; i <= TransactionLimits.DEFAULT.frames(); i++) {
            send("t", "x");
        }

        assertEnded("transaction-too-large");
    }

    @Test
    void refusesMoreBytesInATransactionThanTheLimit() {
        begin("t");
        for (int i = 0; i < 11; i++) {
            send("t", "x".repeat(100_000));
        }

        assertEnded("transaction-too-large");
    }

    private void begin(String name) {
        client.send(StompCommand.BEGIN, "", "transaction", name);
    }

    private void send(String transaction, String body) {
        client.send(StompCommand.SEND, body, "destination", EngineFixture.PLAIN, "transaction", transaction);
    }

    private void commit(String name) {
        client.send(StompCommand.COMMIT, "", "transaction", name, "receipt", "commit");
    }

    private void assertEnded(String fault) {
        assertThat(client.awaitFrame(StompCommand.ERROR).header("message")).isEqualTo(fault);
        await().until(() -> client.closed() == CloseReason.PROTOCOL_FAULT);
    }
}
