package dev.maru.spring.presence;

/**
 * An application event: a person is at a place who was not there before. The events of a place come in the order of
 * their versions, on a thread of the application.
 *
 * @param place the destination, or whatever {@code Presence#join} was given
 * @param person the user's name; the session's id for who has not logged in
 * @param version of the set of people at the place
 */
public record PersonJoined(String place, String person, long version) {}
