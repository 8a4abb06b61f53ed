package dev.maru.chat.directory;

import dev.maru.chat.room.Room;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A room in the list of rooms, in the form that clients get. Immutable; safe for any thread.
 *
 * @param id of the room
 * @param name for people
 * @param head the offset of its last message, 0 without one
 * @param people how many are there now
 * @param lastMessageAt when its last message was stored, or null without one
 * @param createdAt when it was made
 */
public record ListedRoom(
        String id,
        String name,
        long head,
        int people,
        @Nullable Instant lastMessageAt,
        Instant createdAt) {

    static ListedRoom of(Room room, int people) {
        return new ListedRoom(room.id(), room.name(), room.head(), people, room.lastMessageAt(), room.createdAt());
    }
}
