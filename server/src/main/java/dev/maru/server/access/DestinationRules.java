package dev.maru.server.access;

import dev.maru.chat.room.RoomId;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.Session;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets clients subscribe to the chat's destinations and send to the chat's handlers, and to nothing else: what reaches
 * a broker destination has always passed the application.
 *
 * <p>Stateless; safe for any thread.
 */
final class DestinationRules implements Authorizer {
    private static final Pattern MAY_SUBSCRIBE = Pattern.compile("/topic/public|/topic/rooms|/user/queue/errors");
    private static final Pattern ROOM = Pattern.compile("/topic/(?:public|rooms|presence|typing)/([^/]*)");
    private static final Pattern MAY_SEND =
            Pattern.compile("/app/chat/(addUser|sendMessage|message|leave|typing|message/[^/]+)");
    private static final CompletionStage<?> ALLOWED = CompletableFuture.completedStage(null);

    @Override
    public CompletionStage<?> authorize(
            Session session, StompCommand command, String destination, StompHeaders headers) {
        try {
            if (command == StompCommand.SUBSCRIBE ? maySubscribe(destination) : maySend(destination)) {
                return ALLOWED;
            }
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
        return CompletableFuture.failedStage(
                new Refusal(SessionFault.FORBIDDEN, command + " to this destination is not open to clients"));
    }

    /** A room's stream is named by the room's id, never by a pattern, which would be a subscription to all rooms. */
    private static boolean maySubscribe(String destination) {
        Matcher room = ROOM.matcher(destination);
        if (room.matches()) {
            RoomId.check(room.group(1));
            return true;
        }
        return MAY_SUBSCRIBE.matcher(destination).matches();
    }

    private static boolean maySend(String destination) {
        return MAY_SEND.matcher(destination).matches();
    }
}
