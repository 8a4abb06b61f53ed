package dev.maru.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final Optional<SessionUser> JANE = Optional.of(new SessionUser("jane", false));

    private Instant now = Instant.EPOCH;
    private final Tickets tickets = new Tickets(new TicketLimits(3, 2, Duration.ofSeconds(30)), () -> now);

    @Test
    void standForWhoeverAskedForThem() {
        assertThat(tickets.redeem(tickets.issue("a", JANE).ticket()))
                .isEqualTo(new Tickets.Redeemed(JANE, Instant.EPOCH));
        assertThat(tickets.redeem(tickets.issue("a", Optional.empty()).ticket()).user())
                .isEmpty();
    }

    @Test
    void areGoodOnce() {
        String ticket = tickets.issue("a", JANE).ticket();
        tickets.redeem(ticket);

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> tickets.redeem(ticket));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> tickets.redeem(""));
    }

    @Test
    void areGoodForAMoment() {
        Tickets.Issued ticket = tickets.issue("a", JANE);
        assertThat(ticket.expiresAt()).isEqualTo(Instant.EPOCH.plusSeconds(30));
        now = ticket.expiresAt();

        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> tickets.redeem(ticket.ticket()));
    }

    @Test
    void areFewForEachAndFewInAll() {
        tickets.issue("a", JANE);
        String second = tickets.issue("a", JANE).ticket();
        assertTooMany("a");
        tickets.issue("b", JANE);
        assertTooMany("c");

        tickets.redeem(second);
        tickets.issue("a", JANE);
        assertTooMany("a");
        now = now.plusSeconds(30);
        tickets.issue("a", JANE);
        tickets.issue("a", JANE);
        assertTooMany("a");
    }

    private void assertTooMany(String owner) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> tickets.issue(owner, JANE))
                .satisfies(refusal -> assertThat(refusal.fault()).isEqualTo(TicketFault.TOO_MANY_TICKETS));
    }
}
