package dev.maru.engine.session;

import java.util.concurrent.CompletionStage;

/** The application behind the application destinations ({@code /app/**}). */
@FunctionalInterface
public interface ApplicationHandler {

    /**
     * Handles one SEND. Called on the session's event loop, for one frame of a session at a time and in the order
     * they came; must not block.
     *
     * <p>The stage completes when the application has returned: the session's next frame is handed over then. What the
     * application appends meanwhile belongs to {@link ApplicationFrame#scope()}; the client's RECEIPT waits for it. An
     * exceptional end with a {@link dev.maru.engine.fault.Refusal} is told to the client; any other is logged and told
     * as an internal error.
     */
    CompletionStage<?> handle(ApplicationFrame frame);
}
