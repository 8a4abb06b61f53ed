package dev.maru.spring.cluster;

import dev.maru.engine.cluster.Cluster;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The cluster's meters, on a node that has one. Safe for any thread.
 *
 * @param cluster where they are read, when somebody asks for them
 */
record ClusterMetrics(Cluster cluster) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        if (cluster.isAlone()) {
            return;
        }
        Gauge.builder("maru.cluster.connected", cluster, one -> one.isConnected() ? 1 : 0)
                .description("Whether the broker between the nodes is there")
                .register(registry);
        Gauge.builder("maru.cluster.others", cluster, Cluster::others)
                .description("Other nodes that were heard of lately")
                .register(registry);
        FunctionCounter.builder("maru.cluster.untold", cluster, Cluster::untold)
                .description("What the other nodes were not told, since the broker was gone or too slow")
                .register(registry);
    }
}
