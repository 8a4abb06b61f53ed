package dev.maru.chat.access;

import dev.maru.chat.message.Author;
import dev.maru.engine.session.SessionUser;
import java.security.Principal;

/**
 * Says who a user of the application is in the chat. A bean of this type takes the place of the usual one, by which the
 * user {@code jane} is the author {@code user:jane} and is called by the name that came with the log-in.
 *
 * <pre>{@code
 * @Bean
 * ChatIdentity chatIdentity(Customers customers) {
 *     return user -> new Author("customer:" + user.getName(), customers.byLogin(user.getName()).fullName());
 * }
 * }</pre>
 *
 * <p>Called on virtual threads, several at a time: may block.
 */
@FunctionalInterface
public interface ChatIdentity {

    /** By the name of the user, and for people by the name that came with the log-in. */
    ChatIdentity BY_USER_NAME = user -> user instanceof SessionUser session
            ? Author.of(session, null)
            : new Author("user:" + user.getName(), Author.checkName(user.getName()));

    /**
     * The same user always gets the same id, and no two users get the same one. An answer holds for as long as the
     * connection's log-in.
     *
     * @param user who is logged in, as the connection's handshake, its token or the HTTP request says
     * @throws dev.maru.engine.fault.Refusal if this user takes no part in the chat
     */
    Author author(Principal user);
}
