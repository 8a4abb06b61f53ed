package dev.maru.chat.autoconfigure;

import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.GroupCommitWriter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The store's meters, where the application has Micrometer. They read what the writer counts anyway.
 *
 * <p>Confined to the thread that starts the application; the meters are safe for any thread.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterBinder.class)
final class StoreMetricsConfiguration {

    @Bean("maruChatStoreMetrics")
    MeterBinder storeMetrics(Database database) {
        return registry -> bind(database.writer(), registry);
    }

    private static void bind(GroupCommitWriter writer, MeterRegistry registry) {
        Gauge.builder("maru.store.waiting", writer, each -> each.load().waiting())
                .description("Writes that have no answer yet")
                .register(registry);
        Gauge.builder("maru.store.waiting.size", writer, each -> each.load().waitingBytes())
                .description("How much they are")
                .baseUnit("bytes")
                .register(registry);
        FunctionCounter.builder("maru.store.writes", writer, each -> each.load().committed())
                .description("Writes that were committed")
                .register(registry);
        FunctionTimer.builder(
                        "maru.store.commit",
                        writer,
                        each -> each.load().commits(),
                        each -> each.load().commitNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Transactions, from their beginning to when they were on the disk")
                .register(registry);
    }
}
