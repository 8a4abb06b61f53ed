package dev.maru.chat.directory;

import dev.maru.chat.ChatFault;
import dev.maru.chat.room.NewRoom;
import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.chat.room.RoomId;
import dev.maru.chat.room.Rooms;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.Presence.PeopleHere;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Rooms together with who is in them.
 *
 * <p>Safe for any thread; never blocks one.
 */
public final class RoomDirectory {
    private final Rooms rooms;
    private final Presence presence;

    public RoomDirectory(Rooms rooms, Presence presence) {
        this.rooms = rooms;
        this.presence = presence;
    }

    /** The rooms that were active last, the latest first; the lobby is always among them. */
    public CompletionStage<List<ListedRoom>> list(int limit) {
        return rooms.list(limit).thenApply(all -> all.stream().map(this::listed).toList());
    }

    /** The room with this id; refuses an id that cannot be one. */
    public CompletionStage<Optional<ListedRoom>> find(String roomId) {
        return rooms.find(RoomId.check(roomId)).thenApply(room -> room.map(this::listed));
    }

    /** Makes a room; refuses as {@link Rooms#create(NewRoom, RoomCreationLimit)} does. */
    public CompletionStage<ListedRoom> create(NewRoom wanted, RoomCreationLimit limit) {
        return rooms.create(wanted, limit).thenApply(this::listed);
    }

    /** Who is in a room; refuses where there is neither a room nor anybody in it. */
    public CompletionStage<PeopleHere> peopleIn(String roomId) {
        return rooms.exists(RoomId.check(roomId)).thenApply(exists -> {
            PeopleHere here = presence.at(roomId);
            if (!exists && here.people().isEmpty()) {
                throw new Refusal(ChatFault.UNKNOWN_ROOM, "There is no room with this id.");
            }
            return here;
        });
    }

    ListedRoom listed(Room room) {
        return ListedRoom.of(room, presence.count(room.id()));
    }
}
