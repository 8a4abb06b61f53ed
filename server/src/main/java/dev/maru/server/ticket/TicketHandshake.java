package dev.maru.server.ticket;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Handshake;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes tickets in when a connection opens: {@code Authorization: Ticket …}, which the {@code ticket} in the address of
 * an event stream stands for.
 *
 * <p>Safe for any thread; never blocks.
 */
final class TicketHandshake implements HandshakePolicy {
    private static final String SCHEME = "Ticket ";

    private final Tickets tickets;

    TicketHandshake(Tickets tickets) {
        this.tickets = tickets;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        @Nullable String authorization = handshake.headers().get("authorization");
        boolean hasTicket = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return CompletableFuture.completedStage(
                hasTicket && authorization != null
                        ? redeem(authorization.substring(SCHEME.length()).strip())
                        : HandshakeDecision.ACCEPT);
    }

    private HandshakeDecision redeem(String ticket) {
        try {
            return new HandshakeDecision.Accept(tickets.redeem(ticket).orElse(null));
        } catch (Refusal refusal) {
            return new HandshakeDecision.Refuse(refusal.fault(), refusal.detail());
        }
    }
}
