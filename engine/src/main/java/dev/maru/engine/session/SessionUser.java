package dev.maru.engine.session;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a session acts for.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param name unique; what {@code /user/…} destinations are routed by
 * @param anonymous true where the user is no more than the session itself
 * @param displayName for people; the name where there is no other
 * @param roles that rules ask for, without a prefix, for example {@code ADMIN}
 * @param credential what the user has proved it with; null where nothing can expire or be revoked but the user
 */
public record SessionUser(
        String name,
        boolean anonymous,
        String displayName,
        Set<String> roles,
        @Nullable Credential credential) implements Principal {

    public SessionUser {
        roles = Set.copyOf(roles);
    }

    /** Somebody without roles, for as long as the session lasts. */
    public SessionUser(String name, boolean anonymous) {
        this(name, anonymous, name, Set.of(), null);
    }

    /** The user of whoever connects without saying who they are: the session itself. */
    public static SessionUser anonymous(Session session) {
        return new SessionUser(session.id(), true);
    }

    /** Whether the user has this role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    @Override
    public String getName() {
        return name;
    }
}
