package dev.maru.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.maru.server.faults.History.Entry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many people who talk in one room, and what they have seen. Confined to one thread. */
final class Crowd implements AutoCloseable {
    private static final int PAGE = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Recording recording = new Recording();
    private final List<Person> people = new ArrayList<>();

    /** So many people, who come by this port. */
    Crowd(int size, int port, Random random) {
        for (int i = 0; i < size; i++) {
            people.add(new Person("p" + i, http, port, new Random(random.nextLong()), recording));
        }
        people.forEach(threads::execute);
    }

    /**
     * All is well again: everybody gets the receipts that are missing, and reads to the end.
     *
     * @param server the port of one that says what is stored
     */
    History settle(int server) throws IOException, InterruptedException {
        people.forEach(Person::beSilent);
        await().atMost(Duration.ofMinutes(1)).until(() -> people.stream().allMatch(Person::answered));
        List<Entry> log = log(server);
        awaitQuietly(() -> people.stream().allMatch(person -> person.reached() >= log.size()));
        people.forEach(Person::leave);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        return recording.history(people, log(server));
    }

    @Override
    public void close() {
        people.forEach(Person::leave);
        threads.close();
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
