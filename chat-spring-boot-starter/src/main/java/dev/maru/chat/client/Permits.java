package dev.maru.chat.client;

import dev.maru.chat.access.ChatPermissions;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.directory.ListedRoom;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application what people may do. An answer that does not come is no.
 *
 * <p>Safe for any thread.
 */
public final class Permits {

    private static final Logger LOG = LoggerFactory.getLogger(Permits.class);

    private final ChatPermissions permissions;
    private final ApplicationCalls calls;

    public Permits(ChatPermissions permissions, ApplicationCalls calls) {
        this.permissions = permissions;
        this.calls = calls;
    }

    /** Whether everybody may do everything, so that asking does not block. */
    boolean areOpen() {
        return permissions.equals(ChatPermissions.OPEN);
    }

    /** Refuses with FORBIDDEN. Blocks. */
    public void require(Visitor who, RoomAction action, String roomId) {
        if (!permits(who, action, roomId)) {
            throw forbidden();
        }
    }

    /** Completes with whoever may; refuses with FORBIDDEN. Does not block. */
    public CompletionStage<Visitor> check(Visitor who, RoomAction action, String roomId) {
        return calls.call(areOpen(), () -> {
            require(who, action, roomId);
            return who;
        });
    }

    /** Completes with whoever may know all rooms; refuses with FORBIDDEN. Does not block. */
    public CompletionStage<Visitor> checkSeesEveryRoom(Visitor who) {
        return calls.call(areOpen(), () -> {
            if (!seesEveryRoom(who)) {
                throw forbidden();
            }
            return who;
        });
    }

    /** Those of the rooms that somebody may know of. Does not block. */
    public CompletionStage<List<ListedRoom>> known(Visitor who, List<ListedRoom> rooms) {
        return calls.call(
                areOpen(),
                () -> seesEveryRoom(who)
                        ? rooms
                        : rooms.stream()
                                .filter(room -> permits(who, RoomAction.ENTER, room.id()))
                                .toList());
    }

    /** Those of the rooms that somebody may not read. Does not block. */
    CompletionStage<Set<String>> unreadable(Visitor who, Set<String> roomIds) {
        return calls.call(
                areOpen(),
                () -> roomIds.stream()
                        .filter(room -> !permits(who, RoomAction.READ, room))
                        .collect(Collectors.toSet()));
    }

    private boolean permits(Visitor who, RoomAction action, String roomId) {
        try {
            return permissions.permits(who, action, roomId);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException e) {
            LOG.warn("What somebody may do could not be found out, so it is nothing", e);
            return false;
        }
    }

    private boolean seesEveryRoom(Visitor who) {
        try {
            return permissions.seesEveryRoom(who);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException e) {
            LOG.warn("What somebody may see could not be found out, so it is nothing", e);
            return false;
        }
    }

    private static Refusal forbidden() {
        return new Refusal(SessionFault.FORBIDDEN, "You may not do this in this room.");
    }
}
