package dev.maru.chat.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TypingPaceTest {
    private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private final TypingPace pace = new TypingPace();

    @Test
    void letsARoomHearOfTypingOnceInTwoSeconds() {
        assertThat(pace.tryTell("a", start)).isTrue();
        assertThat(pace.tryTell("a", start.plusMillis(1999))).isFalse();
        assertThat(pace.tryTell("a", start.plusMillis(2000))).isTrue();
        assertThat(pace.tryTell("a", start.plusMillis(2001))).isFalse();
    }

    @Test
    void countsRoomsApart() {
        assertThat(pace.tryTell("a", start)).isTrue();
        assertThat(pace.tryTell("b", start)).isTrue();
    }

    @Test
    void remembersABoundedNumberOfRooms() {
        for (int i = 0; i < 64; i++) {
            assertThat(pace.tryTell("room" + i, start)).isTrue();
        }
        assertThat(pace.tryTell("one more", start)).isFalse();
        assertThat(pace.tryTell("one more", start.plusSeconds(2))).isTrue();
    }
}
