package dev.maru.chat.search;

import dev.maru.chat.message.ChatMessage;
import java.util.List;

/**
 * What was found. Immutable; safe for any thread.
 *
 * @param messages the newest first
 * @param more whether there are older ones beyond the limit
 */
public record SearchResult(List<ChatMessage> messages, boolean more) {}
