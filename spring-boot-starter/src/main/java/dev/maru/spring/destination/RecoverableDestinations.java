package dev.maru.spring.destination;

import dev.maru.engine.history.MessageLog;

/**
 * A bean of this type gives destinations a history: messages published to them are stored before anybody gets them,
 * and clients that come back get what they missed.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param pattern Ant pattern, for example {@code /topic/rooms/{id}}
 * @param log where the messages are stored; it is built before the engine, so it cannot be given the engine itself
 */
public record RecoverableDestinations(String pattern, MessageLog log) {}
