package dev.maru.spring.destination;

import dev.maru.engine.destination.OverflowPolicy;

/**
 * A bean of this type says what becomes of messages for a subscriber that reads too slowly, on destinations that keep
 * nothing to catch it up from. What {@code maru.overflow} says of a destination comes first.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param pattern Ant pattern, for example {@code /topic/prices/{id}}
 * @param policy what becomes of them
 */
public record OverflowDestinations(String pattern, OverflowPolicy policy) {}
