package dev.maru.transport.http;

import dev.maru.engine.session.SessionUser;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request to connect.
 *
 * <p>Immutable; safe for any thread.
 */
public sealed interface HandshakeDecision {
    /** Let it in; nothing is known of who it is. */
    HandshakeDecision ACCEPT = new Accept(null);

    /**
     * Let it in.
     *
     * @param user whom the request proved to be; null if it says nothing of that
     */
    record Accept(@Nullable SessionUser user) implements HandshakeDecision {}

    /**
     * Refuse it.
     *
     * @param status an HTTP status from 400 on
     * @param reason in words, for the response's body
     */
    record Refuse(int status, String reason) implements HandshakeDecision {
        public Refuse {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("not the status of a refusal: " + status);
            }
        }
    }
}
