package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallWatchTest {
    private final StallWatch watch = new StallWatch();

    @Test
    void noticesThatNothingLeavesWhileSomethingWaits() {
        watch.written(100);
        assertThat(watch.stalled(100)).isFalse();
        watch.written(50);
        assertThat(watch.stalled(150)).isTrue();
    }

    @Test
    void leavesSlowReadersAlone() {
        watch.written(100);
        assertThat(watch.stalled(100)).isFalse();
        assertThat(watch.stalled(99)).isFalse();
        watch.written(100);
        assertThat(watch.stalled(198)).isFalse();
    }

    @Test
    void leavesReadersAloneForWhomNothingWaited() {
        watch.written(100);
        assertThat(watch.stalled(0)).isFalse();
        watch.written(10);
        assertThat(watch.stalled(10)).isFalse();
        assertThat(watch.stalled(0)).isFalse();
    }
}
