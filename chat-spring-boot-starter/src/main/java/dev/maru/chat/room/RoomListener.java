package dev.maru.chat.room;

/**
 * Is told of rooms that were made, renamed or deleted, and of rooms whose head moved, after it is durable, in the order
 * in which it happened; of several messages in one commit once.
 *
 * <p>Called on the database's writer: must be quick, must not block and must not throw.
 */
public interface RoomListener {

    void onCreated(Room room);

    void onChanged(Room room);

    /** A room has another name. */
    default void onRenamed(Room room, String formerName) {}

    /** There is no such room any more. */
    default void onDeleted(Room room) {}
}
