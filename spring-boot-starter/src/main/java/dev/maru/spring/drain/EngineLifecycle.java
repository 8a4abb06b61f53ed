package dev.maru.spring.drain;

import dev.maru.engine.Engine;
import dev.maru.transport.http.WebSocketTransport;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the engine's clients away before anything else stops: the web server waits for its connections when it shuts
 * down, and the application should hear of each session's end while it can still do something about it.
 *
 * <p>Called by the container, one call at a time.
 */
public final class EngineLifecycle implements SmartLifecycle {

    /** Right behind the transport, which takes no new connections by then; what handles messages must be there yet. */
    public static final int PHASE = DEFAULT_PHASE - 1;

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Engine engine;
    private final WebSocketTransport transport;
    private final DrainProperties properties;
    private volatile boolean running;

    EngineLifecycle(Engine engine, WebSocketTransport transport, DrainProperties properties) {
        this.engine = engine;
        this.transport = transport;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Returns when every client was answered and has heard why its session ended, or the time is over. */
    @Override
    public void stop() {
        running = false;
        engine.drain(properties.plan());
        long end = System.nanoTime() + properties.farewell().toNanos();
        while (engine.sessions() + transport.present() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** A closed engine stays closed, so a pause of the context must not touch it. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
