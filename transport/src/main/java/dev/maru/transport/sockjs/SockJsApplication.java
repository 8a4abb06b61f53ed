package dev.maru.transport.sockjs;

import dev.maru.engine.session.CloseReason;

/**
 * What is spoken in one SockJS session.
 *
 * <p>Confined to its session's event loop.
 */
interface SockJsApplication {

    /** A message of the client. */
    void onMessage(String message);

    /** The client gave a sign of life. */
    void onActivity();

    /** {@link SockJsSession#unsentBytes()} fell. */
    void onSent();

    /** The session is over. Called once, and nothing after it. */
    void onClosed(CloseReason reason);
}
