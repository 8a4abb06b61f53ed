package dev.maru.server.ticket;

import dev.maru.engine.session.SessionUser;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The tickets that were given out and not used yet. Each opens one connection, soon or never.
 *
 * <p>Safe for any thread; nothing here waits. What is refused completes a stage exceptionally with a
 * {@link dev.maru.engine.fault.Refusal}.
 */
interface Tickets {

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

    /**
     * Gives a ticket out. Refuses with TOO_MANY_TICKETS.
     *
     * @param owner whom it counts for
     * @param user whom it stands for; empty for nobody in particular
     */
    CompletionStage<Issued> issue(String owner, Optional<SessionUser> user);

    /** Takes a ticket in. It is no ticket afterwards. Refuses with INVALID_TICKET if it is none. */
    CompletionStage<Redeemed> redeem(String ticket);

    /** What nobody guesses. */
    static String random(SecureRandom random) {
        byte[] bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
