package dev.maru.chat.room;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The rooms of this server.
 *
 * <p>Safe for any thread; nothing here blocks the caller.
 */
public final class Rooms {

    Rooms() {}

    /** As {@link #create(NewRoom, RoomCreationLimit)} without a limit for the one who asks. */
    public CompletionStage<Room> create(NewRoom wanted) {
        return create(wanted, RoomCreationLimit.none());
    }

    /**
     * Makes a room. Completes exceptionally with a {@link dev.maru.engine.fault.Refusal}: ROOM_EXISTS, INVALID_ROOM_ID,
     * INVALID_ROOM_NAME, TOO_MANY_ROOMS or TOO_MANY_NEW_ROOMS.
     */
    public CompletionStage<Room> create(NewRoom wanted, RoomCreationLimit limit) {
        throw new UnsupportedOperationException();
    }

    /** The room with this id; empty if there is none, also where the id is none. */
    public CompletionStage<Optional<Room>> find(String id) {
        throw new UnsupportedOperationException();
    }

    public CompletionStage<Boolean> exists(String id) {
        return find(id).thenApply(Optional::isPresent);
    }

    /** The rooms that were active last, the latest first; the lobby is always among them. */
    public CompletionStage<List<Room>> list(int limit) {
        throw new UnsupportedOperationException();
    }

    /** Adds someone who is told of new and changed rooms. */
    public void onChange(RoomListener listener) {
        throw new UnsupportedOperationException();
    }
}
