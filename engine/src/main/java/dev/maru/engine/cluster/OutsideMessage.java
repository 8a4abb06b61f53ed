package dev.maru.engine.cluster;

import dev.maru.engine.message.MessageContent;

/**
 * What an application that is no node published. Immutable by agreement, as its content is.
 *
 * @param destination where it goes, for example {@code /topic/public/lobby}; whatever the application wrote
 * @param content with the headers that the application gave it, if the broker has any
 */
public record OutsideMessage(String destination, MessageContent content) {}
