package dev.maru.chat.access;

/** What somebody wants to do with a room. Immutable; safe for any thread. */
public enum RoomAction {
    /** Make it: there is no room with this id yet. */
    CREATE,
    /** Be shown as present in it, and see it in the list of rooms. */
    ENTER,
    /** Read its messages, those of the past and those to come, and see who is there and who is typing. */
    READ,
    /** Write messages to it. */
    WRITE
}
