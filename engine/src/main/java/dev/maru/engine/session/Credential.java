package dev.maru.engine.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user has proved who they are with, for as long as that holds: a log-in, a token.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param id by which it is revoked; never the secret itself
 * @param expiresAt when the session that it opened ends; null for never
 */
public record Credential(String id, @Nullable Instant expiresAt) {}
