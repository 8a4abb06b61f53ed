package dev.maru.spring.presence;

/**
 * An application event: a person is no longer at a place. Comes at once after a farewell, and after the grace period when
 * the connection was lost.
 *
 * @param place the destination, or whatever {@code Presence#join} was given
 * @param person the user's name; the session's id for who has not logged in
 * @param version of the set of people at the place
 */
public record PersonLeft(String place, String person, long version) {}
