package dev.maru.chat.directory;

/**
 * A change of the list of rooms, in the form that clients get. Immutable; safe for any thread.
 *
 * @param kind {@code created}, {@code changed} or {@code deleted}
 * @param room as it is now, or was last
 */
public record DirectoryChange(String kind, ListedRoom room) {}
