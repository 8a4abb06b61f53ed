package dev.maru.engine.session;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletionStage;

/** Says what a session may do. Asked at SUBSCRIBE and SEND, on the session's event loop; must not block. */
@FunctionalInterface
public interface Authorizer {

    /**
     * Completes normally if the session may, exceptionally with a {@link dev.maru.engine.fault.Refusal} if it may not.
     * Later frames of the session wait for the answer.
     *
     * @param command SUBSCRIBE or SEND
     * @param destination as the client wrote it
     * @param headers all headers of the frame
     */
    CompletionStage<?> authorize(Session session, StompCommand command, String destination, StompHeaders headers);
}
