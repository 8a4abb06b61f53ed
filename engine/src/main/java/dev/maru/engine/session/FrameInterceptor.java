package dev.maru.engine.session;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sees ACK, NACK, BEGIN, COMMIT, ABORT and UNSUBSCRIBE before they take effect, and may keep them from it. Called on the
 * session's event loop, for one frame of a session at a time and in the order they came; must not block.
 */
@FunctionalInterface
public interface FrameInterceptor {

    /** Everything passes. */
    FrameInterceptor NONE = (session, command, headers) -> CompletableFuture.completedStage(null);

    /**
     * Completes normally if the frame may take effect; exceptionally with a {@link dev.maru.engine.fault.Refusal} that the
     * client is told, or with a {@link dev.maru.engine.fault.Dropped} of which it is told only if it asked for a receipt.
     * Later frames of the session wait for the answer.
     */
    CompletionStage<?> intercept(Session session, StompCommand command, StompHeaders headers);
}
