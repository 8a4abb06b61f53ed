package dev.maru.spring;

import dev.maru.engine.Engine;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;

/**
 * Closes the engine's sessions before anything else stops: the web server waits for its connections when it shuts
 * down, and the application should hear of each session's end while it can still do something about it.
 *
 * <p>Called by the container, one call at a time.
 */
final class EngineLifecycle implements SmartLifecycle {
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Engine engine;
    private volatile boolean running;

    EngineLifecycle(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Returns when every client has heard why its session ended, or has had {@link #FAREWELL} to hear it. */
    @Override
    public void stop() {
        running = false;
        engine.close();
        long end = System.nanoTime() + FAREWELL.toNanos();
        while (engine.sessions() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Right after the transport, which takes no new connections by then. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    /** A closed engine stays closed, so a pause of the context must not touch it. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
