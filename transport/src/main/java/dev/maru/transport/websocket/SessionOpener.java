package dev.maru.transport.websocket;

import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;

/** Opens the session of a new connection; {@code engine::open}. Called on the connection's event loop. */
@FunctionalInterface
public interface SessionOpener {
    StompSession open(Connection connection, Handshake handshake);
}
