package dev.maru.chat.moderation;

import dev.maru.chat.message.TalkRequest;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that waits for a decision. Immutable; safe for any thread.
 *
 * @param id by which it is released or discarded; a released message gets an id of its own
 * @param request who wants to say what, and where
 * @param reason why it is held, in the words of the moderation
 * @param heldAt since when
 */
public record HeldMessage(UUID id, TalkRequest request, String reason, Instant heldAt) {}
