package dev.maru.engine.presence;

/**
 * A person at a place.
 *
 * @param place for example a room's id
 * @param person for example a nickname
 */
public record PresentPerson(String place, String person) {}
