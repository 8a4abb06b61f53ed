package dev.maru.chat.member;

import java.time.Instant;

/**
 * Somebody who belongs to a room. Immutable; safe for any thread.
 *
 * @param roomId the room
 * @param personId the id that the person has as an author, for example {@code user:jane}
 * @param name what the person was called when they were added
 * @param addedAt since when
 */
public record Member(String roomId, String personId, String name, Instant addedAt) {}
