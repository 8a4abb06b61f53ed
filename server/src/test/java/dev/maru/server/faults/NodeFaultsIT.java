package dev.maru.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link FaultsIT}, on several nodes with a real PostgreSQL and a real Redis. {@code maru.faults.seed},
 * {@code maru.faults.count}, {@code maru.faults.people} and {@code maru.faults.nodes} say how.
 */
class NodeFaultsIT {

    @Test
    void everybodyOnEveryNodeSeesOneOrderWhateverHappens(@TempDir Path data) throws Exception {
        long seed = Long.getLong("maru.faults.seed", System.nanoTime());
        Random random = new Random(seed);
        List<NodeFault> plan =
                NodeFault.plan(random, Integer.getInteger("maru.faults.count", NodeFault.values().length));
        System.out.println("maru.faults.seed=" + seed + " " + plan);

        History history = run(data, plan, random);

        assertThat(Checker.violations(history))
                .as("maru.faults.seed=%d %s", seed, plan)
                .isEmpty();
        assertThat(history.receipts()).as("so few receipts prove nothing").hasSizeGreaterThan(50 * plan.size());
    }

    private static History run(Path data, List<NodeFault> plan, Random random) throws Exception {
        String database = "faults_" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        try (FaultyNetwork network = new FaultyNetwork();
                Nodes nodes = new Nodes(Integer.getInteger("maru.faults.nodes", 2), data, database, network);
                Crowd crowd = new Crowd(Integer.getInteger("maru.faults.people", 12), network.port(), random)) {
            for (NodeFault fault : plan) {
                Scene.pause(random, 500, 1_500);
                fault.happen(nodes, random);
            }
            Scene.pause(random, 500, 1_500);
            return crowd.settle(nodes.servers().getFirst().port());
        }
    }
}
