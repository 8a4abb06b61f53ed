package dev.maru.engine.session;

import dev.maru.stomp.StompFrameListener;

/**
 * The engine's end of one connection, as transports drive it.
 *
 * <p>Confined to its connection's event loop: every method is called there.
 */
public interface StompSession extends StompFrameListener {

    /** Bytes of any kind arrived, so the client is alive. Called before the frames in them are handed over. */
    void onActivity();

    /** {@link Connection#unsentBytes()} fell; called at least when it reaches zero. */
    void onSent();

    /** The connection is over, whoever ended it. Called once, and nothing after it. */
    void onClosed(CloseReason reason);
}
