package dev.maru.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.fanout.AckMode;
import org.junit.jupiter.api.Test;

class WindowBudgetTest {
    private final WindowBudget budget = new WindowBudget(1000);

    @Test
    void givesFullWindowsToAsManySubscriptionsAsClientsUsuallyHave() {
        for (int i = 0; i < 19; i++) {
            assertThat(subscribe(i)).isEqualTo(1000);
        }
        assertThat(subscribe(19)).isEqualTo(500);
    }

    @Test
    void boundsAllWindowsOfASessionTogether() {
        long all = 0;
        for (int i = 0; i < 500; i++) {
            all += subscribe(i);
        }
        assertThat(all).isLessThan(30_000);
        assertThat(subscribe(500)).isEqualTo(20);
    }

    @Test
    void givesRoomBackWhenSubscriptionsEnd() {
        for (int i = 0; i < 100; i++) {
            subscribe(i);
        }
        for (int i = 0; i < 100; i++) {
            budget.giveBack("s" + i);
        }
        assertThat(budget.next()).isEqualTo(1000);
    }

    @Test
    void countsNothingForSubscriptionsThatDoNotAcknowledge() {
        for (int i = 0; i < 100; i++) {
            budget.take("s" + i, AckMode.AUTO, budget.next());
        }
        assertThat(budget.next()).isEqualTo(1000);
    }

    @Test
    void neverGivesMoreThanTheLimit() {
        WindowBudget small = new WindowBudget(3);
        for (int i = 0; i < 100; i++) {
            small.take("s" + i, AckMode.CLIENT, small.next());
        }
        assertThat(small.next()).isEqualTo(3);
    }

    private int subscribe(int number) {
        int window = budget.next();
        budget.take("s" + number, AckMode.CLIENT, window);
        return window;
    }
}
