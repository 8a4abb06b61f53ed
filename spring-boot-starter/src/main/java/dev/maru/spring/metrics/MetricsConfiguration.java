package dev.maru.spring.metrics;

import dev.maru.engine.Engine;
import dev.maru.engine.history.HistoryCache;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters, where the application has Micrometer.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterBinder.class)
public final class MetricsConfiguration {

    @Bean
    MeterBinder engineMetrics(Engine engine, HistoryCache histories) {
        return new EngineMetrics(engine, histories);
    }
}
