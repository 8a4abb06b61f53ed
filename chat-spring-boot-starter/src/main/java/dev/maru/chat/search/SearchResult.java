package dev.maru.chat.search;

import dev.maru.chat.message.ChatMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found. Immutable; safe for any thread.
 *
 * @param messages the newest first
 * @param more whether there are older ones beyond the limit
 * @param archivedBefore what was sent before this time may be in the archive, where nothing is found; null if nothing
 *     was archived
 */
public record SearchResult(
        List<ChatMessage> messages, boolean more, @Nullable Instant archivedBefore) {}
