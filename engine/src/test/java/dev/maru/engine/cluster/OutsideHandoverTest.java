package dev.maru.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.message.MessageContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutsideHandoverTest {
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Throwable> failures = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private final OutsideHandover handover = new OutsideHandover(this::publish, () -> now);

    private CompletionStage<?> publish(OutsideMessage message) {
        asked.add(message.destination());
        Throwable failure = failures.get(message.destination());
        if (failure instanceof IllegalArgumentException thrown) {
            throw thrown;
        }
        return failure == null ? CompletableFuture.completedStage(null) : CompletableFuture.failedStage(failure);
    }

    private List<String> attempt(String... destinations) {
        return handover
                .attempt(Stream.of(destinations)
                        .map(one -> new OutsideMessage(one, MessageContent.bytes(new byte[0])))
                        .toList())
                .stream()
                .map(OutsideMessage::destination)
                .toList();
    }

    @Test
    void publishesInOrderAndKeepsNothingThatIsStored() {
        assertThat(attempt("/a", "/b", "/c")).isEmpty();
        assertThat(asked).containsExactly("/a", "/b", "/c");
    }

    @Test
    void dropsWhatIsRefusedAndKeepsWhatMayPass() {
        failures.put("/forbidden", new Refusal(SessionFault.FORBIDDEN, "no"));
        failures.put("/unsupported", new CompletionException(new Refusal(SessionFault.NOT_SUPPORTED, "no")));
        failures.put("/busy", new Refusal(SessionFault.TOO_MANY_MESSAGES, "later"));
        failures.put("/gone", new CompletionException(new Refusal(SessionFault.UNAVAILABLE, "later")));
        failures.put("/broken", new IllegalStateException("the database is gone"));
        failures.put("/thrown", new IllegalArgumentException("at once"));
        assertThat(attempt("/forbidden", "/unsupported", "/fine", "/busy", "/gone", "/broken", "/thrown"))
                .containsExactly("/busy", "/gone", "/broken", "/thrown");
    }

    @Test
    void givesUpAfterAnHourWithoutSuccess() {
        failures.put("/broken", new IllegalStateException("for ever"));
        assertThat(attempt("/broken")).containsExactly("/broken");
        now = now.plus(Duration.ofMinutes(59));
        assertThat(attempt("/broken")).containsExactly("/broken");
        now = now.plus(Duration.ofMinutes(2));
        assertThat(attempt("/broken")).isEmpty();
        assertThat(attempt("/broken")).as("another one has its own hour").containsExactly("/broken");
    }
}
