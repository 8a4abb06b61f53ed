package dev.maru.engine.session;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of one frame, once everything before it was told. Exactly one of the methods that end it is
 * called.
 *
 * <p>Confined to its session's event loop.
 */
final class Answer {

    /** Nothing more to do once an answer was written. */
    static final Runnable NOTHING = () -> {};

    /** How a frame ended. */
    sealed interface Outcome {
        /**
         * Done as asked.
         *
         * @param frame what is written, if anything
         * @param then runs when it was written
         */
        record Done(@Nullable ServerFrame frame, Runnable then) implements Outcome {}

        /**
         * Not done because the application refused it.
         *
         * @param tolerated whether the connection goes on where nobody waits for an answer
         */
        record Refused(Fault fault, String detail, boolean tolerated) implements Outcome {

            Refused(Fault fault, String detail) {
                this(fault, detail, false);
            }
        }

        /** Not done because a rule was broken; the connection ends. */
        record Fatal(Fault fault, String detail, StompHeaders extra) implements Outcome {}
    }

    private final @Nullable String receiptId;
    private @Nullable Outcome outcome;

    Answer(@Nullable String receiptId) {
        this.receiptId = receiptId;
    }

    /** What the client asked to be answered with, or null. */
    @Nullable String receiptId() {
        return receiptId;
    }

    @Nullable Outcome outcome() {
        return outcome;
    }

    void end(Outcome end) {
        if (outcome == null) {
            outcome = end;
        }
    }
}
