package dev.maru.transport.sockjs;

import java.util.List;
import java.util.function.Consumer;

/**
 * A request that brings messages.
 *
 * <p>Immutable. Answered once, on its session's event loop.
 *
 * @param messages in their order
 * @param whenDone is told what became of them
 */
public record Send(List<String> messages, Consumer<Outcome> whenDone) {

    /** What became of a request. */
    public enum Outcome {
        /** The messages were taken. */
        TAKEN,
        /** There is no such session, or no longer. */
        NO_SESSION,
        /** Too many requests wait already. */
        TOO_MANY
    }

    void answer(Outcome outcome) {
        whenDone.accept(outcome);
    }
}
