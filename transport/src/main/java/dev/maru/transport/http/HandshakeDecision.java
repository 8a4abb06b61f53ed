package dev.maru.transport.http;

import dev.maru.engine.fault.Fault;

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
     * Refuse it, with a problem document.
     *
     * @param fault the row of the table of faults
     * @param detail what is wrong, in words for the client
     */
    record Refuse(Fault fault, String detail) implements HandshakeDecision {}
}
