package dev.maru.engine.session;

import java.security.Principal;

/**
 * Who a session acts for.
 *
 * @param name unique; what {@code /user/…} destinations are routed by
 * @param anonymous true where the user is no more than the session itself
 */
public record SessionUser(String name, boolean anonymous) implements Principal {

    @Override
    public String getName() {
        return name;
    }
}
