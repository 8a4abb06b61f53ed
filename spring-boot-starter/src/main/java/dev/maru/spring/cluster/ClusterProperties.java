package dev.maru.spring.cluster;

import dev.maru.engine.cluster.ClusterSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How this node takes part in a cluster.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param broker What carries messages between the nodes: redis, rabbitmq, activemq, artemis or kafka. Unset: this node is
 *     alone.
 * @param name What the cluster is called, the same on all its nodes, and different for every community that uses the
 *     same broker. Letters, digits and hyphens, 1 to 64.
 * @param partitions Over how many partitions destinations are spread, the same on all nodes. 1 to 16384.
 * @param unsent How much may be on its way to the broker. What does not fit is not sent; what is stored reaches the other
 *     nodes from the store. Must be positive.
 * @param silence How long a node may say nothing until the others take it for lost. Must be positive.
 * @param compareEvery How often a node compares what its clients have got with the store, whatever it has heard. Must be
 *     positive.
 * @param nodeLease How long a node that is not heard of holds what it holds in a database that it shares: people at
 *     places, messages of queues. It renews three times as often. At least 100ms.
 * @param outside What applications that are no nodes may publish and get at the same broker.
 */
@ConfigurationProperties("maru.cluster")
public record ClusterProperties(
        @Nullable String broker,
        @DefaultValue("maru") String name,
        @DefaultValue("256") int partitions,
        @DefaultValue("16MB") DataSize unsent,
        @DefaultValue("5s") Duration silence,
        @DefaultValue("30s") Duration compareEvery,
        @DefaultValue("15s") Duration nodeLease,
        @DefaultValue Outside outside) {

    private static final String NAME = "[A-Za-z0-9-]{1,64}";

    public ClusterProperties {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "maru.cluster.name has 1 to 64 letters, digits and hyphens, so it is not: " + name);
        }
    }

    /**
     * Applications that are no nodes.
     *
     * @param in Patterns of destinations to which they may publish, for example /topic/public/*. Whoever can reach the
     *     broker then can. Empty: nowhere.
     * @param out Patterns of destinations of which they get what is published. Empty: none.
     */
    public record Outside(
            @DefaultValue List<String> in, @DefaultValue List<String> out) {

        /** Whether there is anything to exchange. */
        public boolean isWanted() {
            return !in.isEmpty() || !out.isEmpty();
        }
    }

    ClusterSettings settings() {
        return new ClusterSettings(partitions, unsent.toBytes(), silence, compareEvery);
    }
}
