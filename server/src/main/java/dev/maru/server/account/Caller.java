package dev.maru.server.account;

import dev.maru.engine.session.SessionUser;
import java.util.Optional;

/** Who sends an HTTP request. Immutable; safe for any thread. */
sealed interface Caller {

    /** Nobody that is known. */
    record Nobody() implements Caller {}

    /** Whoever has the admin's token. */
    record Admin() implements Caller {}

    /** A server with an API key. */
    record Server(String keyId) implements Caller {}

    /**
     * Somebody who logged in, or a program of theirs.
     *
     * @param administers whether they may administer the server
     */
    record User(SessionUser who, boolean administers) implements Caller {}

    default Optional<SessionUser> user() {
        return this instanceof User known ? Optional.of(known.who()) : Optional.empty();
    }

    /** Whether it may administer the server. */
    default boolean mayAdminister() {
        return this instanceof Admin || (this instanceof User known && known.administers());
    }
}
