package dev.maru.transport.http;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.session.SessionUser;
import java.util.Map;
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
     * @param attributes what whoever opens the session should know of it
     */
    record Accept(@Nullable SessionUser user, Map<String, Object> attributes) implements HandshakeDecision {

        /** There is nothing to say but who it is. */
        public Accept(@Nullable SessionUser user) {
            this(user, Map.of());
        }
    }

    /**
     * Refuse it, with a problem document.
     *
     * @param fault the row of the table of faults
     * @param detail what is wrong, in words for the client
     */
    record Refuse(Fault fault, String detail) implements HandshakeDecision {}
}
