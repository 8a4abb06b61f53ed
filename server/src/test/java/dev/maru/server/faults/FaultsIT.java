package dev.maru.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many people talk while one fault after the other happens to the packaged server and its network; then everybody must
 * have seen the same, and all that was receipted must be there. {@code maru.faults.seed} repeats the faults and the
 * decisions of a run, {@code maru.faults.count} and {@code maru.faults.people} make it longer.
 */
class FaultsIT {

    @Test
    void everybodySeesOneOrderWhateverHappens(@TempDir Path data) throws Exception {
        long seed = Long.getLong("maru.faults.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Fault> plan = Fault.plan(random, Integer.getInteger("maru.faults.count", Fault.values().length));
        System.out.println("maru.faults.seed=" + seed + " " + plan);

        History history = run(data, plan, random);

        assertThat(Checker.violations(history))
                .as("maru.faults.seed=%d %s", seed, plan)
                .isEmpty();
        assertThat(history.receipts()).as("so few receipts prove nothing").hasSizeGreaterThan(100 * plan.size());
    }

    private static History run(Path data, List<Fault> plan, Random random) throws Exception {
        try (FaultyNetwork network = new FaultyNetwork();
                Scene scene = new Scene(data, network);
                Crowd crowd = new Crowd(Integer.getInteger("maru.faults.people", 12), network.port(), random)) {
            for (Fault fault : plan) {
                Scene.pause(random, 500, 1_500);
                fault.happen(scene, random);
            }
            Scene.pause(random, 500, 1_500);
            return crowd.settle(scene.server().port());
        }
    }
}
