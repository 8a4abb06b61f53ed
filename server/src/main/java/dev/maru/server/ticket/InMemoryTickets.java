package dev.maru.server.ticket;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The tickets of a server that is alone.
 *
 * <p>Safe for any thread; guarded by its own lock, under which nothing waits.
 */
final class InMemoryTickets implements Tickets {
    private record Unused(String owner, Optional<SessionUser> user, Instant expiresAt) {}

    private final TicketLimits limits;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Unused> oldestFirst = new LinkedHashMap<>();
    private final Map<String, Integer> countByOwner = new HashMap<>();

    InMemoryTickets(TicketLimits limits, InstantSource time) {
        this.limits = limits;
        this.time = time;
    }

    @Override
    public synchronized CompletionStage<Issued> issue(String owner, Optional<SessionUser> user) {
        dropExpired();
        if (oldestFirst.size() >= limits.tickets()
                || countByOwner.getOrDefault(owner, 0) >= limits.ticketsPerClient()) {
            return CompletableFuture.failedStage(
                    new Refusal(TicketFault.TOO_MANY_TICKETS, "There are too many tickets that nobody has used."));
        }
        String ticket = Tickets.random(random);
        Instant expiresAt = time.instant().plus(limits.ticketLifetime());
        oldestFirst.put(ticket, new Unused(owner, user, expiresAt));
        countByOwner.merge(owner, 1, Integer::sum);
        return CompletableFuture.completedStage(new Issued(ticket, expiresAt));
    }

    @Override
    public synchronized CompletionStage<Redeemed> redeem(String ticket) {
        dropExpired();
        @Nullable Unused found = oldestFirst.remove(ticket);
        if (found == null) {
            return CompletableFuture.failedStage(
                    new Refusal(TicketFault.INVALID_TICKET, "This ticket is used or too old; get another one."));
        }
        forget(found);
        return CompletableFuture.completedStage(
                new Redeemed(found.user(), found.expiresAt().minus(limits.ticketLifetime())));
    }

    /** All live equally long, so those that are over stand in front. */
    private void dropExpired() {
        Instant now = time.instant();
        Iterator<Unused> oldest = oldestFirst.values().iterator();
        while (oldest.hasNext()) {
            Unused next = oldest.next();
            if (next.expiresAt().isAfter(now)) {
                return;
            }
            oldest.remove();
            forget(next);
        }
    }

    private void forget(Unused gone) {
        countByOwner.computeIfPresent(gone.owner(), (owner, count) -> count == 1 ? null : count - 1);
    }
}
