package dev.maru.chat.moderation;

import dev.maru.chat.message.Talked;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was to be held: one of both. Immutable; safe for any thread.
 *
 * @param held it waits now, or did already
 * @param talked it was stored before, by an earlier request with the same client message id
 */
public record HeldOutcome(
        @Nullable HeldMessage held, @Nullable Talked talked) {}
