package dev.maru.chat.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A room as it was stored last. Immutable; safe for any thread.
 *
 * @param id 1 to 64 of {@code [A-Za-z0-9_-]}
 * @param name for people; 1 to 80 code points
 * @param head the offset of its last message, 0 without one
 * @param eventHead the seq of its last event, 0 without one
 * @param oldest the offset of its oldest message that is kept; one more than the head if none is
 * @param oldestEvent the seq of its oldest event that is kept; one more than the event head if none is
 * @param lastMessageAt when its last message was stored, or null without one
 * @param createdAt when it was made
 * @param revision how often its name was changed, or it was deleted
 */
public record Room(
        String id,
        String name,
        long head,
        long eventHead,
        long oldest,
        long oldestEvent,
        @Nullable Instant lastMessageAt,
        Instant createdAt,
        long revision) {

    /** A room in which nothing was said yet. */
    static Room empty(String id, String name, Instant createdAt) {
        return new Room(id, name, 0, 0, 1, 1, null, createdAt, 0);
    }

    /** Whether this is not an earlier state of the same room than the other one: nothing in a room ever goes back. */
    boolean isAsNewAs(Room other) {
        return eventHead >= other.eventHead && oldestEvent >= other.oldestEvent && revision >= other.revision;
    }
}
