package dev.maru.chat.member;

import dev.maru.chat.access.ChatPermissions;
import dev.maru.chat.access.RoomAction;
import dev.maru.chat.access.Visitor;
import dev.maru.chat.room.RoomId;

/**
 * Lets members do everything in their rooms and nobody else anything; whoever is logged in may be in the lobby. Rooms
 * are made by the application's own code, which makes people their members.
 *
 * <p>Safe for any thread; blocks.
 */
public final class MembersOnly implements ChatPermissions {

    private final Members members;

    public MembersOnly(Members members) {
        this.members = members;
    }

    @Override
    public boolean permits(Visitor who, RoomAction action, String roomId) {
        if (who.author() == null || who.isGuest() || action == RoomAction.CREATE) {
            return false;
        }
        return roomId.equals(RoomId.LOBBY)
                || members.isMember(roomId, who.author().id())
                        .toCompletableFuture()
                        .join();
    }
}
