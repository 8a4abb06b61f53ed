package dev.maru.engine.presence;

/**
 * This node holds a person at a place, or does so no longer.
 *
 * <p>Immutable; safe for any thread.
 */
public record PresenceMove(PresentPerson person, boolean holds) {}
