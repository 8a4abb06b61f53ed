package dev.maru.server.ticket;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tickets that were given out and not used yet. Each opens one connection, soon or never.
 *
 * <p>Safe for any thread; guarded by its own lock, under which nothing waits.
 */
final class Tickets {
    private static final int RANDOM_BYTES = 18;

    /**
     * A ticket as its owner gets it.
     *
     * @param ticket goes into the address of the connection
     * @param expiresAt until when it can be used
     */
    record Issued(String ticket, Instant expiresAt) {}

    /**
     * What a ticket stood for.
     *
     * @param user whom; empty for nobody in particular
     * @param issuedAt when it was given out
     */
    record Redeemed(Optional<SessionUser> user, Instant issuedAt) {}

    private record Unused(String owner, Optional<SessionUser> user, Instant expiresAt) {}

    private final TicketLimits limits;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Unused> oldestFirst = new LinkedHashMap<>();
    private final Map<String, Integer> countByOwner = new HashMap<>();

    Tickets(TicketLimits limits, InstantSource time) {
        this.limits = limits;
        this.time = time;
    }

    /**
     * Gives a ticket out.
     *
     * @param owner whom it counts for
     * @param user whom it stands for; empty for nobody in particular
     * @throws Refusal if there are too many
     */
    synchronized Issued issue(String owner, Optional<SessionUser> user) {
        dropExpired();
        if (oldestFirst.size() >= limits.tickets()
                || countByOwner.getOrDefault(owner, 0) >= limits.ticketsPerClient()) {
            throw new Refusal(TicketFault.TOO_MANY_TICKETS, "There are too many tickets that nobody has used.");
        }
        String ticket = newTicket();
        Instant expiresAt = time.instant().plus(limits.ticketLifetime());
        oldestFirst.put(ticket, new Unused(owner, user, expiresAt));
        countByOwner.merge(owner, 1, Integer::sum);
        return new Issued(ticket, expiresAt);
    }

    /**
     * Takes a ticket in. It is no ticket afterwards.
     *
     * @throws Refusal if it is none
     */
    synchronized Redeemed redeem(String ticket) {
        dropExpired();
        @Nullable Unused found = oldestFirst.remove(ticket);
        if (found == null) {
            throw new Refusal(TicketFault.INVALID_TICKET, "This ticket is used or too old; get another one.");
        }
        forget(found);
        return new Redeemed(found.user(), found.expiresAt().minus(limits.ticketLifetime()));
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

    private String newTicket() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
