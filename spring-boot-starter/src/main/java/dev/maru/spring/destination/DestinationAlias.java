package dev.maru.spring.destination;

/**
 * A bean of this type gives a destination another name.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param name what clients may call it too
 * @param destination its own name, under which its history is kept
 */
public record DestinationAlias(String name, String destination) {}
