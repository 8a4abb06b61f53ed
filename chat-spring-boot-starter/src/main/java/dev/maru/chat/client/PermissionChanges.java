package dev.maru.chat.client;

import dev.maru.chat.message.ClassicLog;
import dev.maru.chat.message.EventLog;
import dev.maru.engine.session.SessionRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * To be told by an application whose permissions have changed: asks again about the subscriptions that stand, and ends
 * those that are no longer permitted. Their clients are told with {@code subscription-ended}, and get nothing that is
 * published after the stage has completed. Changes of {@code Members} are told by themselves.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
public final class PermissionChanges {

    private final Supplier<SessionRegistry> sessions;

    /** @param sessions of the engine, which is made after this */
    public PermissionChanges(Supplier<SessionRegistry> sessions) {
        this.sessions = sessions;
    }

    /** What people may do in this room has changed. */
    public CompletionStage<?> inRoom(String roomId) {
        SessionRegistry registry = sessions.get();
        return CompletableFuture.allOf(Stream.of(
                        ClassicLog.PREFIX, EventLog.PREFIX, "/topic/presence/", "/topic/typing/")
                .map(prefix -> registry.reauthorizeDestination(prefix + roomId).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** What this user may do has changed; {@code userName} is the name of their log-in. */
    public CompletionStage<?> ofUser(String userName) {
        return sessions.get().reauthorizeUser(userName);
    }
}
