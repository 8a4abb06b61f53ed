package dev.maru.engine.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatesTest {
    private static final int MANY = 1025;
    private static final int NINE_MEBIBYTES = 9 * 1024 * 1024;

    private final List<Delivery> passed = new ArrayList<>();
    private final Gates gates = new Gates(passed::add);

    @Test
    void keepsNothingWaitingForWhatIsStoredLater() {
        HeldBack before = gates.hold("/a");
        assertThat(gates.offer(message("/a", 1, 1))).isTrue();
        HeldBack later = gates.hold("/a");
        assertThat(gates.offer(message("/a", 3, 1))).isTrue();

        before.stored(2);
        assertThat(passed).extracting(Delivery::offset).containsExactly(1L);
        before.release();
        assertThat(passed).extracting(Delivery::offset).containsExactly(1L);
        later.stored(4);
        assertThat(passed).extracting(Delivery::offset).containsExactly(1L, 3L);
    }

    @Test
    void holdsNothingBackForAWhileWhereTooMuchWas() {
        HeldBack held = gates.hold("/a");
        for (int i = 1; i <= MANY; i++) {
            gates.offer(message("/a", i, 1));
        }
        assertThat(passed).hasSize(MANY);
        held.stored(MANY + 1);
        held.release();

        gates.hold("/a").stored(MANY + 2);
        assertThat(gates.offer(message("/a", MANY + 2, 1))).isFalse();
        gates.hold("/b").stored(1);
        assertThat(gates.offer(message("/b", 1, 1))).isTrue();
        assertThat(passed).hasSize(MANY);
    }

    @Test
    void holdsBackSoManyBytesOfAllDestinationsAndNoMore() {
        HeldBack first = gates.hold("/a");
        gates.hold("/b").stored(1);
        gates.offer(message("/a", 1, NINE_MEBIBYTES));
        assertThat(passed).isEmpty();
        gates.offer(message("/b", 1, NINE_MEBIBYTES));
        assertThat(passed).extracting(Delivery::destination).containsExactly("/b");

        first.release();
        assertThat(passed).extracting(Delivery::destination).containsExactly("/b", "/a");
        gates.hold("/c").stored(1);
        gates.offer(message("/c", 1, NINE_MEBIBYTES));
        assertThat(passed).hasSize(2);
    }

    private static Delivery message(String destination, long offset, int bytes) {
        return new Delivery(destination, new StreamPosition("e", offset), MessageContent.json(new byte[bytes]), "");
    }
}
