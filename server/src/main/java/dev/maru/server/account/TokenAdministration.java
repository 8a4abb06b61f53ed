package dev.maru.server.account;

import dev.maru.engine.session.SessionUser;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether tokens of another issuer administer this server. Who makes roles there need not know what they do here, so
 * that none does unless the operator names it.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param adminRole the role, in {@code maru.auth.jwt.roles-claim}, whose tokens administer the server; unset: none
 */
@ConfigurationProperties("maru.auth.jwt")
record TokenAdministration(@Nullable String adminRole) {

    /** Whether this user, who may come from another issuer, administers the server. */
    boolean allows(SessionUser user) {
        return Identities.isOurs(user) ? user.hasRole(Account.ADMIN) : adminRole != null && user.hasRole(adminRole);
    }
}
