package dev.maru.spring.health;

import dev.maru.engine.Engine;
import dev.maru.spring.drain.EngineLifecycle;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the engine takes clients; out of service from when it sends them away.
 *
 * <p>Safe for any thread.
 */
final class EngineHealth implements HealthIndicator {
    private final Engine engine;
    private final EngineLifecycle lifecycle;

    EngineHealth(Engine engine, EngineLifecycle lifecycle) {
        this.engine = engine;
        this.lifecycle = lifecycle;
    }

    @Override
    public Health health() {
        Health.Builder health = lifecycle.isRunning() ? Health.up() : Health.outOfService();
        return health.withDetail("sessions", engine.sessions()).build();
    }
}
