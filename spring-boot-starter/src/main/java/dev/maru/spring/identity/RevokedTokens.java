package dev.maru.spring.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where {@link TokenRevocations} are kept. Declare a bean for a store of your own; the one that there is otherwise
 * forgets everything when the application stops.
 *
 * <p>Called on event loops: must not block. Safe for any thread. A stage that completes exceptionally keeps the token
 * out whose check waits for it.
 */
public interface RevokedTokens {

    /**
     * Keeps a revocation; an older one of the same key gives way. Completes exceptionally if there are as many as there
     * may be.
     *
     * @param key a token's or a user's; at most 200 characters
     * @param at when it was revoked
     * @param until from when it may be forgotten
     */
    CompletionStage<?> keep(String key, Instant at, Instant until);

    /** When this key was revoked; nothing if it was not, or if that may be forgotten. */
    CompletionStage<Optional<Instant>> revokedAt(String key);
}
