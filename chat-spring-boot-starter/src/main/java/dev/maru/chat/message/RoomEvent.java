package dev.maru.chat.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a room. Immutable; safe for any thread.
 *
 * @param roomId the room
 * @param seq its place there, gapless from 1
 * @param kind for now always {@link #TALK}
 * @param actor the name of who did it
 * @param at when
 * @param message what it is about, if it is about a message
 */
record RoomEvent(
        String roomId,
        long seq,
        String kind,
        String actor,
        Instant at,
        @Nullable ChatMessage message) {

    static final String TALK = "TALK";
}
