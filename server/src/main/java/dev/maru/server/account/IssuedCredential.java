package dev.maru.server.account;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log-in, a token or a key, without its secret. Immutable; safe for any thread.
 *
 * @param id by which it is named, listed and taken back
 * @param kind what it is for
 * @param account whose it is; empty for keys
 * @param label what its maker calls it
 * @param expiresAt when it ends; null for never
 */
record IssuedCredential(
        String id,
        CredentialKind kind,
        Optional<Account> account,
        String label,
        Instant createdAt,
        Instant usedAt,
        @Nullable Instant expiresAt) {}
