package dev.maru.chat.directory;

/**
 * A change of the list of rooms, in the form that clients get. Immutable; safe for any thread.
 *
 * @param kind {@code created} or {@code changed}
 * @param room as it is now
 */
public record DirectoryChange(String kind, ListedRoom room) {}
