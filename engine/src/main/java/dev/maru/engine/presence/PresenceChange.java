package dev.maru.engine.presence;

/**
 * A person is at a place where nobody held them before, or nobody holds them there any more.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param person who, and where
 * @param joined false if they left
 * @param version grows from change to change over all places
 * @param here whether this node brought it about
 */
public record PresenceChange(PresentPerson person, boolean joined, long version, boolean here) {}
