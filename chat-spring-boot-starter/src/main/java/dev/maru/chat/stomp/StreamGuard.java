package dev.maru.chat.stomp;

import dev.maru.chat.ChatFault;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.client.Permits;
import dev.maru.chat.client.Visitors;
import dev.maru.chat.room.RoomId;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.Session;
import dev.maru.spring.rules.DestinationRule;
import dev.maru.stomp.StompCommand;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Stands before the chat's streams, whatever the rules of the application say: clients read those of rooms that are there
 * and that they may read, one by one and never by a pattern, and write to none of them, because what is said passes the
 * chat's own handlers.
 *
 * <p>Immutable; safe for any thread; never blocks one.
 */
final class StreamGuard {
    private static final CompletionStage<Boolean> NO = CompletableFuture.completedStage(false);

    private final Visitors visitors;
    private final Permits permits;
    private final Function<String, CompletionStage<Boolean>> exists;

    /** @param exists whether there is a room of this id, or will be once somebody writes into it */
    StreamGuard(Visitors visitors, Permits permits, Function<String, CompletionStage<Boolean>> exists) {
        this.visitors = visitors;
        this.permits = permits;
        this.exists = exists;
    }

    /** Before a stream of rooms, for example {@code /topic/public/}. */
    DestinationRule readable(String prefix) {
        return DestinationRule.of(prefix + "{roomId}")
                .on(StompCommand.SUBSCRIBE)
                .guard(this::mayRead);
    }

    /** Before the list of all rooms. */
    DestinationRule directory(String destination) {
        return DestinationRule.of(destination)
                .on(StompCommand.SUBSCRIBE)
                .guard((session, variables) -> visitors.find(session)
                        .thenCompose(permits::checkSeesEveryRoom)
                        .thenApply(_ -> true));
    }

    /** Before whatever begins so. */
    static DestinationRule unwritable(String prefix) {
        return DestinationRule.of(prefix + "**").on(StompCommand.SEND).guard((session, variables) -> NO);
    }

    private CompletionStage<Boolean> mayRead(Session session, Map<String, String> variables) {
        String id = variables.get("roomId");
        if (id == null) {
            return NO;
        }
        if (!RoomId.isValid(id)) {
            return CompletableFuture.failedStage(new Refusal(ChatFault.INVALID_ROOM_ID, "This is no room id."));
        }
        return visitors.find(session)
                .thenCompose((Visitor who) -> permits.check(who, RoomAction.READ, id))
                .thenCompose(_ -> exists.apply(id))
                .thenApply(StreamGuard::known);
    }

    private static boolean known(boolean exists) {
        if (!exists) {
            throw new Refusal(ChatFault.UNKNOWN_ROOM, "There is no such room.");
        }
        return true;
    }
}
