package dev.maru.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.faults.History.Entry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many people talk while one fault after the other happens to the packaged server and its network; then everybody must
 * have seen the same, and all that was receipted must be there. {@code maru.faults.seed} repeats the faults and the
 * decisions of a run, {@code maru.faults.count} and {@code maru.faults.people} make it longer.
 */
class FaultsIT {
    private static final int PAGE = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

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

    private History run(Path data, List<Fault> plan, Random random) throws Exception {
        Recording recording = new Recording();
        List<Person> people = new ArrayList<>();
        try (FaultyNetwork network = new FaultyNetwork();
                Scene scene = new Scene(data, network);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int crowd = Integer.getInteger("maru.faults.people", 12);
            for (int i = 0; i < crowd; i++) {
                people.add(new Person("p" + i, http, network.port(), new Random(random.nextLong()), recording));
            }
            people.forEach(threads::execute);
            for (Fault fault : plan) {
                Scene.pause(random, 500, 1_500);
                fault.happen(scene, random);
            }
            Scene.pause(random, 500, 1_500);
            return settle(scene, people, recording, threads);
        }
    }

    /** All is well again: everybody gets the receipts that are missing, and reads to the end. */
    private History settle(Scene scene, List<Person> people, Recording recording, ExecutorService threads)
            throws IOException, InterruptedException {
        people.forEach(Person::beSilent);
        await().atMost(Duration.ofMinutes(1)).until(() -> people.stream().allMatch(Person::answered));
        List<Entry> log = log(scene.server().port());
        awaitQuietly(() -> people.stream().allMatch(person -> person.reached() >= log.size()));
        people.forEach(Person::leave);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        return recording.history(people, log(scene.server().port()));
    }

    /** If it does not come about, the checker says for whom. */
    private static void awaitQuietly(Callable<Boolean> condition) {
        try {
            await().atMost(Duration.ofSeconds(20)).until(condition);
        } catch (ConditionTimeoutException missing) {
            return;
        }
    }

    private List<Entry> log(int port) throws IOException, InterruptedException {
        List<Entry> log = new ArrayList<>();
        for (JsonNode page = page(port, 0);
                !page.isEmpty();
                page = page(port, log.getLast().offset())) {
            for (JsonNode message : page) {
                log.add(new Entry(
                        message.path("offset").asLong(),
                        message.path("clientMessageId").asString()));
            }
        }
        return log;
    }

    private JsonNode page(int port, long after) throws IOException, InterruptedException {
        URI page = URI.create(
                "http://localhost:%d/api/rooms/faults/messages?after=%d&limit=%d".formatted(port, after, PAGE));
        HttpRequest request = HttpRequest.newBuilder(page).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body()).path("messages");
    }
}
