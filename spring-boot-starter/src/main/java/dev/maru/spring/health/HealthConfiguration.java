package dev.maru.spring.health;

import dev.maru.engine.Engine;
import dev.maru.spring.drain.EngineLifecycle;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The health of the engine, where the application has Spring Boot's health.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
public final class HealthConfiguration {

    @Bean
    HealthIndicator maruHealthIndicator(Engine engine, EngineLifecycle lifecycle) {
        return new EngineHealth(engine, lifecycle);
    }
}
