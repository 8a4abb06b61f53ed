package dev.maru.engine.session;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open sessions of an engine.
 *
 * <p>Safe for any thread.
 */
public final class Sessions implements AutoCloseable {
    private final SessionContext context;
    private final SessionRegistry registry;
    private final Map<Object, HeartBeatWheel> wheels = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile DrainPlan plan = DrainPlan.DEFAULT;

    public Sessions(SessionContext context, SessionRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    /** Opens the session of a new connection. Called on the connection's event loop. */
    public StompSession open(Connection connection, Handshake handshake) {
        EngineSession session = new EngineSession(context, connection, handshake, registry);
        registry.opened(session);
        wheels.computeIfAbsent(
                        connection.executor(), key -> new HeartBeatWheel(connection.executor(), context.ticker()))
                .add(session);
        if (closed) {
            session.dismiss(Drain.comeBackMillis(plan, 0));
        }
        return session;
    }

    /** How many sessions are open. */
    public int size() {
        return registry.size();
    }

    /**
     * Sends everybody away as planned, and those that come later at once. Waits until all have gone, or the time is over.
     * To be called once.
     */
    public void drain(DrainPlan how) {
        plan = how;
        closed = true;
        new Drain(how, registry.all(), registry::size).run();
    }

    /** Closes every session, and those that come later. Idempotent. */
    @Override
    public void close() {
        closed = true;
        registry.closeAll(CloseReason.SERVER_SHUTDOWN);
        registry.close();
    }
}
