package dev.maru.spring.metrics;

import dev.maru.engine.Engine;
import dev.maru.engine.history.HistoryCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * The engine's meters. They read what the engine counts anyway, and only when somebody asks for them.
 *
 * <p>Safe for any thread.
 */
final class EngineMetrics implements MeterBinder {
    private final Engine engine;
    private final HistoryCache histories;

    EngineMetrics(Engine engine, HistoryCache histories) {
        this.engine = engine;
        this.histories = histories;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        sessions(registry);
        traffic(registry);
        slowConsumers(registry);
        histories(registry);
        engine.refusals()
                .onKind((fault, count) -> FunctionCounter.builder("maru.refusals", engine, _ -> count.getAsLong())
                        .description("Faults that sessions were told of")
                        .tag("code", Integer.toString(fault.code()))
                        .tag("fault", fault.text())
                        .register(registry));
    }

    private void sessions(MeterRegistry registry) {
        gauge(registry, "maru.sessions", "Open sessions", Engine::sessions);
        gauge(
                registry,
                "maru.subscriptions",
                "Subscriptions of all sessions",
                each -> each.traffic().subscriptions());
        engine.registry()
                .transports()
                .onKind((transport, count) -> Gauge.builder("maru.connections", engine, _ -> count.getAsLong())
                        .description("Open connections")
                        .tag("transport", transport)
                        .register(registry));
    }

    private void traffic(MeterRegistry registry) {
        counter(
                registry,
                "maru.messages.received",
                "SEND frames of clients",
                each -> each.traffic().messagesIn());
        counter(
                registry,
                "maru.messages.delivered",
                "Messages written to clients, one for each receiver",
                each -> each.traffic().messagesOut());
        FunctionCounter.builder("maru.sent", engine, each -> each.traffic().bytesOut())
                .description("What was written to clients")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("maru.unsent", engine, each -> each.traffic().unsentBytes())
                .description("What waits for clients that read slowly")
                .baseUnit("bytes")
                .register(registry);
    }

    private void slowConsumers(MeterRegistry registry) {
        counter(
                registry,
                "maru.slow.consumers.fell.behind",
                "Subscriptions that their client was too slow for, for a while",
                each -> each.slowConsumers().fellBehind());
        counter(
                registry,
                "maru.slow.consumers.dropped",
                "Messages dropped by the policy of their destination, one for each receiver",
                each -> each.slowConsumers().droppedMessages());
        counter(
                registry,
                "maru.slow.consumers.disconnected",
                "Connections ended because their client was too slow",
                each -> each.slowConsumers().disconnected());
    }

    private void histories(MeterRegistry registry) {
        FunctionCounter.builder("maru.history.reads", histories, HistoryCache::reads)
                .description("Pages read from histories")
                .register(registry);
        FunctionCounter.builder("maru.history.hits", histories, HistoryCache::hits)
                .description("Questions to histories that needed no reading of their own")
                .register(registry);
        Gauge.builder("maru.history.cache", histories, HistoryCache::bytes)
                .description("What is kept in memory of histories")
                .baseUnit("bytes")
                .register(registry);
    }

    private void counter(MeterRegistry registry, String name, String description, ToDoubleFunction<Engine> count) {
        FunctionCounter.builder(name, engine, count).description(description).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Engine> value) {
        Gauge.builder(name, engine, value).description(description).register(registry);
    }
}
