package dev.maru.spring.messaging;

import dev.maru.engine.session.ApplicationFrame;
import dev.maru.engine.session.ReceiptScope;
import org.jspecify.annotations.Nullable;

/**
 * The frame that the current thread is handling, and what went wrong with it. Spring's dispatch logs failures instead
 * of returning them; they are put down here, where the receipt is made.
 *
 * <p>Made for one frame; safe for any thread.
 */
final class FrameInHand {

    /** Bound while an annotated method runs, and again while the result of an asynchronous one is sent. */
    static final ScopedValue<FrameInHand> CURRENT = ScopedValue.newInstance();

    private final ApplicationFrame frame;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Exception unreadable;

    FrameInHand(ApplicationFrame frame) {
        this.frame = frame;
    }

    ApplicationFrame frame() {
        return frame;
    }

    /** Runs a part of the frame's handling: what it appends or publishes joins the frame's receipt. */
    void run(Runnable part) {
        ScopedValue.where(CURRENT, this)
                .where(ReceiptScope.CURRENT, frame.scope())
                .run(part);
    }

    /** The frame is not handled. The first failure counts. */
    void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Nullable Throwable failure() {
        return failure;
    }

    /** Notes that an argument for the method could not be made of the frame: the client's fault, not the method's. */
    void unreadable(Exception cause) {
        unreadable = cause;
    }

    @SuppressWarnings("ReferenceEquality") // This very exception, not one like it that the method threw.
    boolean wasUnreadable(Exception cause) {
        return unreadable == cause;
    }
}
