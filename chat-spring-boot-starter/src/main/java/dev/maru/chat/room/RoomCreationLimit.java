package dev.maru.chat.room;

/**
 * Says whether whoever is asking may make one more room now. Asked only when a room is about to be made.
 *
 * <p>Called on the database's writer: must be quick and must not block.
 */
@FunctionalInterface
public interface RoomCreationLimit {

    /** Takes one from the allowance, or returns false: the room is refused as too many new rooms. */
    boolean tryCreate();

    static RoomCreationLimit none() {
        return () -> true;
    }
}
