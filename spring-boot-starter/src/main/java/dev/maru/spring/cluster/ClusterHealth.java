package dev.maru.spring.cluster;

import dev.maru.engine.cluster.Cluster;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Degraded while the broker between the nodes is gone: whoever is connected here is served, and what happens on other
 * nodes comes later. That takes no node out of service.
 *
 * @param cluster the node's; safe for any thread
 */
record ClusterHealth(Cluster cluster) implements HealthIndicator {

    @Override
    public Health health() {
        if (cluster.isAlone()) {
            return Health.up().withDetail("alone", true).build();
        }
        Health.Builder health = cluster.isConnected() ? Health.up() : Health.status("DEGRADED");
        return health.withDetail("node", cluster.nodeId())
                .withDetail("others", cluster.others())
                .withDetail("untold", cluster.untold())
                .build();
    }
}
