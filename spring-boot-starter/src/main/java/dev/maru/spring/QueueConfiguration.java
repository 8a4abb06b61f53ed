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
 * The queues: those that beans declare, in their stores, and those that properties name, in the one
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
        List<DurableQueues> queues = new ArrayList<>(declared.orderedStream().toList());
        List<String> patterns = properties.queues().patterns();
        if (!patterns.isEmpty()) {
            QueueStore kept = store.getIfUnique(() -> inMemory(limits));
            patterns.forEach(pattern -> queues.add(new DurableQueues(pattern, kept)));
        }
        QueueSettings settings = new QueueSettings(
                properties.queues().deliveryAttempts(), properties.queues().deadLetters());
        return new QueueParts(queues, settings, transactions.getIfAvailable(() -> StoreTransactions.NONE));
    }

    private static QueueStore inMemory(QueueLimits limits) {
        LOG.info("Queues are kept in memory; a QueueStore bean would keep them over restarts");
        return new InMemoryQueueStore(limits);
    }

    /** What of the engine is about queues. */
    record QueueParts(List<DurableQueues> queues, QueueSettings settings, StoreTransactions transactions) {

        /** Dead letters are a queue as well, in the first store, unless a pattern has them elsewhere. */
        Engine.Builder addTo(Engine.Builder builder) {
            queues.forEach(some -> builder.queue(some.pattern(), some.store()));
            if (!queues.isEmpty()) {
                builder.queue(settings.deadLetters(), queues.getFirst().store());
            }
            return builder.queueSettings(settings).storeTransactions(transactions);
        }
    }
}
