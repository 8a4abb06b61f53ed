package dev.maru.chat.room;

import org.jspecify.annotations.Nullable;

/**
 * A room that is asked for. Immutable; safe for any thread.
 *
 * @param id the wanted id, or null for one that the server makes
 * @param name for people; surrounding blanks do not count
 * @param createdBy the author id of who asks, for example {@code guest:Jane}
 */
public record NewRoom(@Nullable String id, String name, String createdBy) {}
