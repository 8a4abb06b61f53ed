package dev.maru.engine.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AckWindowTest {
    private static final int MANY = 30_000;

    private final AckWindow<String> window =
            Objects.requireNonNull(AckWindow.of(new SubscriptionTerms("s", "/topic/a", AckMode.CLIENT_INDIVIDUAL, 10)));

    @Test
    void putsWhatWasTakenInPartsBackInTheOrderOfDelivery() {
        for (int i = 1; i <= 4; i++) {
            window.add("m" + i, "");
        }
        var first = window.take("m1");
        var third = window.take("m3");
        window.add("m5", "");
        window.restore(first);
        window.restore(third);

        assertThat(window.takeAll().keySet()).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    @Timeout(5)
    void putsBackEachMessageAtNoCostForAllTheOthers() {
        for (int i = 0; i < MANY; i++) {
            window.add("m" + i, "");
        }
        List<SequencedMap<String, AckWindow.Kept<String>>> taken = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            taken.add(window.take("m" + i));
        }
        taken.reversed().forEach(window::restore);

        assertThat(window.takeAll()).hasSize(MANY);
    }

    @Test
    void takesWhatWasDeliveredBeforeWhereAnAckMeansAllOfIt() {
        AckWindow<String> cumulative =
                Objects.requireNonNull(AckWindow.of(new SubscriptionTerms("s", "/topic/a", AckMode.CLIENT, 10)));
        for (int i = 1; i <= 4; i++) {
            cumulative.add("m" + i, "");
        }
        var firstThree = cumulative.take("m3");
        assertThat(firstThree.keySet()).containsExactly("m1", "m2", "m3");
        assertThat(cumulative.take("m2")).isEmpty();
        assertThat(cumulative.room()).isEqualTo(9);

        cumulative.restore(firstThree);
        assertThat(cumulative.take("m4").keySet()).containsExactly("m1", "m2", "m3", "m4");
        assertThat(cumulative.room()).isEqualTo(10);
    }
}
