package dev.maru.server.ticket;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.identity.TokenRevocations;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    private static final HandshakeDecision REVOKED =
            new HandshakeDecision.Refuse(IdentityFault.SESSION_REVOKED, "this has been revoked; log in again");

    private final Tickets tickets;
    private final TokenRevocations revocations;

    TicketHandshake(Tickets tickets, TokenRevocations revocations) {
        this.tickets = tickets;
        this.revocations = revocations;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        @Nullable String authorization = handshake.headers().get("authorization");
        boolean hasTicket = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return hasTicket && authorization != null
                ? redeem(authorization.substring(SCHEME.length()).strip())
                : CompletableFuture.completedStage(HandshakeDecision.ACCEPT);
    }

    private CompletionStage<HandshakeDecision> redeem(String ticket) {
        return tickets.redeem(ticket).thenCompose(this::admit).exceptionallyCompose(error -> {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            return cause instanceof Refusal refusal
                    ? CompletableFuture.completedStage(new HandshakeDecision.Refuse(refusal.fault(), refusal.detail()))
                    : CompletableFuture.failedStage(cause);
        });
    }

    /** What became of the user since is asked as if the ticket were a token of that time. */
    private CompletionStage<HandshakeDecision> admit(Tickets.Redeemed ticket) {
        if (ticket.user().isEmpty()) {
            return CompletableFuture.completedStage(HandshakeDecision.ACCEPT);
        }
        SessionUser user = ticket.user().get();
        return revocations
                .include(user, ticket.issuedAt())
                .thenApply(revoked -> revoked ? REVOKED : new HandshakeDecision.Accept(user));
    }
}
