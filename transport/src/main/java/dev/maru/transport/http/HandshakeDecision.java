package dev.maru.transport.http;

/**
 * What becomes of a request to connect.
 *
 * <p>Immutable; safe for any thread.
 */
public sealed interface HandshakeDecision {
    HandshakeDecision ACCEPT = new Accept();

    /** Let it in. */
    record Accept() implements HandshakeDecision {}

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
