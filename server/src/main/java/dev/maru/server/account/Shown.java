package dev.maru.server.account;

import dev.maru.engine.session.SessionUser;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the HTTP API says of accounts and credentials. Immutable; safe for any thread. */
final class Shown {
    private Shown() {}

    /** How people get in here, and who asks. */
    record Access(String access, @Nullable User user) {}

    /** Who asks. */
    record User(String name, String displayName, Set<String> roles) {
        static User of(SessionUser user) {
            return new User(user.name(), user.displayName(), new TreeSet<>(user.roles()));
        }
    }

    /** An account as the admin sees it. */
    record AccountEntry(String name, String displayName, Set<String> roles, boolean disabled, Instant createdAt) {
        static AccountEntry of(Account account) {
            return new AccountEntry(
                    account.name(),
                    account.displayName(),
                    new TreeSet<>(account.roles()),
                    account.disabled(),
                    account.createdAt());
        }
    }

    /** All accounts. */
    record AccountList(List<AccountEntry> accounts) {}

    /** A token or a key; the secret is there only when it was just made. */
    record CredentialEntry(
            String id,
            String name,
            Instant createdAt,
            Instant usedAt,
            @Nullable Instant expiresAt,
            @Nullable String token) {
        static CredentialEntry of(IssuedCredential credential, @Nullable String secret) {
            return new CredentialEntry(
                    credential.id(),
                    credential.label(),
                    credential.createdAt(),
                    credential.usedAt(),
                    credential.expiresAt(),
                    secret);
        }
    }

    /** All tokens of somebody. */
    record TokenList(List<CredentialEntry> tokens) {}

    /** All API keys. */
    record KeyList(List<CredentialEntry> keys) {}
}
