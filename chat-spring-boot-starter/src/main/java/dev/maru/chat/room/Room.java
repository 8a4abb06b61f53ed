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
 * @param lastMessageAt when its last message was stored, or null without one
 * @param createdAt when it was made
 */
public record Room(
        String id,
        String name,
        long head,
        long eventHead,
        @Nullable Instant lastMessageAt,
        Instant createdAt) {}
