package dev.maru.chat.http;

import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.client.Permits;
import dev.maru.chat.client.Visitors;
import dev.maru.chat.room.RoomId;
import java.security.Principal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, and whether they may do what it asks for.
 *
 * <p>Safe for any thread; never blocks one.
 */
final class HttpVisitors {
    private final Visitors visitors;
    private final Permits permits;

    HttpVisitors(Visitors visitors, Permits permits) {
        this.visitors = visitors;
        this.permits = permits;
    }

    Permits permits() {
        return permits;
    }

    CompletionStage<Visitor> of(@Nullable Principal user) {
        return visitors.find(user, null);
    }

    /** @param nickname what a guest is called */
    CompletionStage<Visitor> of(@Nullable Principal user, String nickname) {
        return visitors.find(user, nickname);
    }

    /** Who sends it; refuses a room id that cannot be one, and whoever may not do this there. */
    CompletionStage<Visitor> permitted(@Nullable Principal user, RoomAction action, String roomId) {
        RoomId.check(roomId);
        return of(user).thenCompose(who -> permits.check(who, action, roomId));
    }
}
