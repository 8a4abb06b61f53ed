package dev.maru.cluster.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LongFailuresTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final LongFailures failures = new LongFailures(() -> now);

    @Test
    void isPatientForAnHour() {
        assertThat(failures.isTooLong(1)).isFalse();
        now = NOON.plus(Duration.ofHours(1));
        assertThat(failures.isTooLong(1)).isFalse();
        now = now.plusSeconds(1);
        assertThat(failures.isTooLong(2)).isFalse();
        assertThat(failures.isTooLong(1)).isTrue();
    }

    @Test
    void beginsAnewWhenTheMessageHasPassed() {
        failures.isTooLong(1);
        now = NOON.plus(Duration.ofHours(2));
        failures.passed(1);
        assertThat(failures.isTooLong(1)).isFalse();
    }

    @Test
    void remembersTheLastOnesOnly() {
        failures.isTooLong(-1);
        for (int message = 0; message < 1_000; message++) {
            failures.isTooLong(message);
        }
        now = NOON.plus(Duration.ofHours(2));
        assertThat(failures.isTooLong(-1)).isFalse();
        assertThat(failures.isTooLong(999)).isTrue();
    }
}
