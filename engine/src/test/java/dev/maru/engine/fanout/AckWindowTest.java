package dev.maru.engine.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class AckWindowTest {
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
}
