package dev.maru.spring;

import dev.maru.engine.Engine;
import dev.maru.engine.dispatch.QueueSettings;
import dev.maru.engine.history.StoreTransactions;
import dev.maru.engine.queue.InMemoryQueueStore;
import dev.maru.engine.queue.QueueLimits;
import dev.maru.engine.queue.QueueStore;
import dev.maru.spring.destination.DurableQueues;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The queues that beans and properties declare, and with them the queue of dead letters, all in the
 * {@link QueueStore} bean; without such a bean they are kept in memory and lost with the process.
 *
 * <p>Confined to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
final class QueueConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    QueueLimits queueLimits(MaruProperties properties) {
        MaruProperties.Limits limits = properties.limits();
        return new QueueLimits(limits.queueMessages(), limits.queueSize().toBytes(), limits.queues());
    }

    @Bean
    QueueParts queueParts(
            MaruProperties properties,
            QueueLimits limits,
            ObjectProvider<DurableQueues> declared,
            ObjectProvider<QueueStore> store,
            ObjectProvider<StoreTransactions> transactions) {
        List<String> patterns = new ArrayList<>(properties.queues().patterns());
        declared.orderedStream().map(DurableQueues::pattern).forEach(patterns::add);
        QueueSettings settings = new QueueSettings(
                properties.queues().deliveryAttempts(), properties.queues().deadLetters());
        if (!patterns.isEmpty()) {
            patterns.add(settings.deadLetters());
        }
        if (!patterns.isEmpty() && store.stream().findAny().isEmpty()) {
            LOG.info("Queues are kept in memory; a QueueStore bean would keep them over restarts");
        }
        return new QueueParts(
                patterns,
                store.getIfAvailable(() -> new InMemoryQueueStore(limits)),
                settings,
                transactions.getIfAvailable(() -> StoreTransactions.NONE));
    }

    /** What of the engine is about queues. */
    record QueueParts(List<String> patterns, QueueStore store, QueueSettings settings, StoreTransactions transactions) {

        Engine.Builder addTo(Engine.Builder builder) {
            patterns.forEach(pattern -> builder.queue(pattern, store));
            return builder.queueSettings(settings).storeTransactions(transactions);
        }
    }
}
