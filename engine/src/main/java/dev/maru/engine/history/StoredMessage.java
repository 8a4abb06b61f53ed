package dev.maru.engine.history;

import dev.maru.engine.message.MessageContent;

/**
 * A message that its log has stored: durable, and in its place.
 *
 * @param destination the canonical name of the stream
 * @param position where it stands; the next message of the destination has the next offset
 * @param content as every subscriber gets it
 */
public record StoredMessage(String destination, StreamPosition position, MessageContent content) {}
