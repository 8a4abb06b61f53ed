package dev.maru.spring.destination;

import dev.maru.engine.destination.SnapshotSource;

/**
 * A bean of this type gives each new subscriber of some destinations their state as the first message.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param pattern Ant pattern, for example {@code /topic/presence/{id}}
 * @param source gives the state; it is built before the engine, so it cannot be given the engine itself
 */
public record SnapshotDestinations(String pattern, SnapshotSource source) {}
