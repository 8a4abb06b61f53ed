package dev.maru.server.access;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.Session;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Lets clients subscribe to the chat's destinations and send to the chat's handlers, and to nothing else: what reaches
 * a broker destination has always passed the application.
 *
 * <p>Stateless; safe for any thread.
 */
final class DestinationRules implements Authorizer {
    private static final Pattern MAY_SUBSCRIBE = Pattern.compile(
            "/topic/public|/topic/rooms|/topic/(public|rooms|presence|typing)/[^/]+|/user/queue/errors");
    private static final Pattern MAY_SEND =
            Pattern.compile("/app/chat/(addUser|sendMessage|message|leave|typing|message/[^/]+)");
    private static final CompletionStage<?> ALLOWED = CompletableFuture.completedStage(null);

    @Override
    public CompletionStage<?> authorize(
            Session session, StompCommand command, String destination, StompHeaders headers) {
        Pattern allowed = command == StompCommand.SUBSCRIBE ? MAY_SUBSCRIBE : MAY_SEND;
        return allowed.matcher(destination).matches()
                ? ALLOWED
                : CompletableFuture.failedStage(
                        new Refusal(SessionFault.FORBIDDEN, command + " to this destination is not open to clients"));
    }
}
