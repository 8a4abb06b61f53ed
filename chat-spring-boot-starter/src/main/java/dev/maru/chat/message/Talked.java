package dev.maru.chat.message;

import dev.maru.engine.history.StreamPosition;

/**
 * The answer to a {@link TalkRequest}. Immutable; safe for any thread.
 *
 * @param message as it is stored
 * @param repeated whether it was stored before, by an earlier request with the same client message id
 * @param position on the room's classic stream
 */
public record Talked(ChatMessage message, boolean repeated, StreamPosition position) {}
