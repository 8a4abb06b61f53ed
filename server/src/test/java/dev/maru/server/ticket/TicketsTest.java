package dev.maru.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final Optional<SessionUser> JANE = Optional.of(new SessionUser("jane", false));

    private Instant now = Instant.EPOCH;
    private final Tickets tickets = new InMemoryTickets(new TicketLimits(3, 2, Duration.ofSeconds(30)), () -> now);

    @Test
    void standForWhoeverAskedForThem() {
        assertThat(redeem(issue("a", JANE).ticket())).isEqualTo(new Tickets.Redeemed(JANE, Instant.EPOCH));
        assertThat(redeem(issue("a", Optional.empty()).ticket()).user()).isEmpty();
    }

    @Test
    void areGoodOnce() {
        String ticket = issue("a", JANE).ticket();
        redeem(ticket);

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> redeem(ticket));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> redeem(""));
    }

    @Test
    void areGoodForAMoment() {
        Tickets.Issued ticket = issue("a", JANE);
        assertThat(ticket.expiresAt()).isEqualTo(Instant.EPOCH.plusSeconds(30));
        now = ticket.expiresAt();

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> redeem(ticket.ticket()));
    }

    @Test
    void areFewForEachAndFewInAll() {
        issue("a", JANE);
        String second = issue("a", JANE).ticket();
        assertTooMany("a");
        issue("b", JANE);
        assertTooMany("c");

        redeem(second);
        issue("a", JANE);
        assertTooMany("a");
        now = now.plusSeconds(30);
        issue("a", JANE);
        issue("a", JANE);
        assertTooMany("a");
    }

    private void assertTooMany(String owner) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> issue(owner, JANE))
                .satisfies(refusal -> assertThat(refusal.fault()).isEqualTo(TicketFault.TOO_MANY_TICKETS));
    }

    private Tickets.Issued issue(String owner, Optional<SessionUser> user) {
        return await(tickets.issue(owner, user));
    }

    private Tickets.Redeemed redeem(String ticket) {
        return await(tickets.redeem(ticket));
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : e;
        }
    }
}
