package dev.maru.server.access;

import dev.maru.chat.ChatFault;
import dev.maru.chat.room.RoomId;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.Session;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets clients subscribe to the chat's destinations and send to the chat's handlers, and to nothing else: what reaches
 * a broker destination has always passed the application. Rules of the configuration come before this.
 *
 * <p>Immutable; safe for any thread.
 */
final class ChatDestinations implements Authorizer {
    private static final Pattern MAY_SUBSCRIBE = Pattern.compile("/topic/public|/topic/rooms|/user/queue/[^*{]+");
    private static final Pattern ROOM = Pattern.compile("/topic/(?:public|rooms|presence|typing)/([^/]*)");
    private static final Pattern MAY_SEND =
            Pattern.compile("/app/chat/(addUser|sendMessage|message|leave|typing|message/[^/]+)|/app/auth/renew");
    private static final CompletionStage<?> ALLOWED = CompletableFuture.completedStage(null);

    private final Function<String, CompletionStage<Boolean>> exists;

    /** @param exists whether there is a room of this id, or will be once somebody writes into it */
    ChatDestinations(Function<String, CompletionStage<Boolean>> exists) {
        this.exists = exists;
    }

    @Override
    public CompletionStage<?> authorize(
            Session session, StompCommand command, String destination, StompHeaders headers) {
        try {
            return command == StompCommand.SUBSCRIBE ? maySubscribe(destination) : maySend(destination);
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /** A room's stream is named by the room's id, never by a pattern, which would be a subscription to all rooms. */
    private CompletionStage<?> maySubscribe(String destination) {
        Matcher room = ROOM.matcher(destination);
        if (room.matches()) {
            return exists.apply(RoomId.check(room.group(1))).thenAccept(ChatDestinations::check);
        }
        return MAY_SUBSCRIBE.matcher(destination).matches() ? ALLOWED : refused(StompCommand.SUBSCRIBE);
    }

    private static CompletionStage<?> maySend(String destination) {
        return MAY_SEND.matcher(destination).matches() ? ALLOWED : refused(StompCommand.SEND);
    }

    private static void check(boolean exists) {
        if (!exists) {
            throw new Refusal(ChatFault.UNKNOWN_ROOM, "There is no such room.");
        }
    }

    private static CompletionStage<?> refused(StompCommand command) {
        return CompletableFuture.failedStage(
                new Refusal(SessionFault.FORBIDDEN, command + " to this destination is not open to clients"));
    }
}
