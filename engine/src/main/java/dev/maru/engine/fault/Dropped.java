package dev.maru.engine.fault;

/**
 * The application has dropped a frame without a word: it has no effect, and its client is told only where it waits for
 * an answer.
 *
 * <p>Immutable; safe for any thread.
 */
public final class Dropped extends Refusal {
    private static final long serialVersionUID = 1L;

    /** @param fault what a client is told that waits for an answer */
    public Dropped(Fault fault, String detail) {
        super(fault, detail);
    }
}
