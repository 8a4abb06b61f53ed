package dev.maru.engine.history;

import dev.maru.engine.message.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be appended to a log.
 *
 * @param destination the canonical name of the stream
 * @param author who publishes; {@code clientMessageId} is unique for this author on this destination
 * @param clientMessageId 1 to 64 printable ASCII characters, or null if the client does not want repeats recognised
 * @param content what is to be stored
 */
public record LogEntry(
        String destination, String author, @Nullable String clientMessageId, MessageContent content) {}
