package dev.maru.server.account;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who may log in. Immutable; safe for any thread.
 *
 * @param name unique; what they log in with
 * @param displayName unique, too; what others see
 * @param roles what rules ask for; always with {@link #USER}
 * @param disabled whether they are shut out for now
 * @param createdAt when the account was made
 */
record Account(String name, String displayName, Set<String> roles, boolean disabled, Instant createdAt) {
    /** The role that every account has. */
    static final String USER = "USER";

    /** The role of those who may administer. */
    static final String ADMIN = "ADMIN";

    Account {
        roles = Set.copyOf(roles);
    }
}
