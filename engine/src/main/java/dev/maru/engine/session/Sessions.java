package dev.maru.engine.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open sessions of an engine.
 *
 * <p>Safe for any thread.
 */
public final class Sessions implements AutoCloseable {
    private final SessionContext context;
    private final Set<EngineSession> open = ConcurrentHashMap.newKeySet();
    private final Map<Object, HeartBeatWheel> wheels = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Sessions(SessionContext context) {
        this.context = context;
    }

    /** Opens the session of a new connection. Called on the connection's event loop. */
    public StompSession open(Connection connection, Handshake handshake) {
        EngineSession session = new EngineSession(context, connection, handshake, open::remove);
        open.add(session);
        wheels.computeIfAbsent(
                        connection.executor(), key -> new HeartBeatWheel(connection.executor(), context.ticker()))
                .add(session);
        if (closed) {
            session.close(CloseReason.SERVER_SHUTDOWN);
        }
        return session;
    }

    /** How many sessions are open. */
    public int size() {
        return open.size();
    }

    /** Closes every session, and those that come later. Idempotent. */
    @Override
    public void close() {
        closed = true;
        open.forEach(session -> session.close(CloseReason.SERVER_SHUTDOWN));
    }
}
