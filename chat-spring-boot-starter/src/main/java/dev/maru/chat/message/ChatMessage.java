package dev.maru.chat.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored message. Immutable; safe for any thread.
 *
 * @param roomId its room
 * @param offset its place there, gapless from 1
 * @param id a UUIDv7
 * @param author who wrote it
 * @param text in NFC
 * @param clientMessageId as the client gave it, or null
 * @param replyTo the message that it answers, or null
 * @param sentAt when it was stored, to the millisecond; for reading only, the order is the offset
 */
public record ChatMessage(
        String roomId,
        long offset,
        UUID id,
        Author author,
        String text,
        @Nullable String clientMessageId,
        @Nullable UUID replyTo,
        Instant sentAt) {}
