package dev.maru.engine.fault;

/**
 * The application could not handle a frame and lets its client be: who listens for refusals or waits for an answer is
 * told, and the connection of anybody else goes on as if nothing had happened.
 *
 * <p>Immutable; safe for any thread.
 */
public final class Tolerated extends Refusal {
    private static final long serialVersionUID = 1L;

    /** @param detail what was wrong, in words for the client */
    public Tolerated(Fault fault, String detail) {
        super(fault, detail);
    }
}
