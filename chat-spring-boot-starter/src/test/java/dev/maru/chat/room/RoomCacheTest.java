package dev.maru.chat.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoomCacheTest {

    private static final int CAPACITY = 16;

    private final RoomCache cache = new RoomCache(CAPACITY);

    @Test
    void keepsTheNewerOfTwoStates() {
        long generation = cache.generation();
        cache.put(room("a", 6));

        assertThat(cache.loaded(room("a", 5), generation)).isEqualTo(room("a", 6));
        assertThat(cache.find("a")).contains(room("a", 6));
    }

    @Test
    void keepsTheStateThatKnowsOfWhatWasTrimmed() {
        long generation = cache.generation();
        cache.put(trimmed(room("a", 6), 4));

        assertThat(cache.loaded(room("a", 6), generation)).isEqualTo(trimmed(room("a", 6), 4));
        assertThat(cache.put(trimmed(room("a", 6), 5)).oldest()).isEqualTo(5);
    }

    @Test
    void staysWithinItsCapacity() {
        IntStream.range(0, 1_000).forEach(i -> cache.put(room("room-" + i, i)));

        assertThat(IntStream.range(0, 1_000)
                        .filter(i -> cache.find("room-" + i).isPresent())
                        .count())
                .isBetween(1L, (long) CAPACITY);
        assertThat(cache.find("room-999")).contains(room("room-999", 999));
    }

    @Test
    void doesNotKeepWhatWasReadBeforeAnythingGaveWay() {
        long generation = cache.generation();
        IntStream.range(0, 1_000).forEach(i -> cache.put(room("room-" + i, i)));

        assertThat(cache.loaded(room("old", 1), generation)).isEqualTo(room("old", 1));
        assertThat(cache.find("old")).isEmpty();
    }

    private static Room room(String id, long head) {
        return new Room(id, id, head, head, 1, 1, null, Instant.EPOCH, 0);
    }

    private static Room trimmed(Room room, long oldest) {
        return new Room(
                room.id(), room.name(), room.head(), room.eventHead(), oldest, oldest, null, room.createdAt(), 0);
    }
}
