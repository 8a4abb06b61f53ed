package dev.maru.transport.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails each class of tests after which a buffer was collected that nobody had released. */
public final class LeakExtension implements AfterAllCallback {
    private static final int ENOUGH_TO_ASK_THE_DETECTOR = 100;

    @Override
    public void afterAll(ExtensionContext context) {
        System.gc();
        for (int i = 0; i < ENOUGH_TO_ASK_THE_DETECTOR; i++) {
            ByteBufAllocator.DEFAULT.buffer(1).release();
        }
        assertThat(RecordingLeakDetector.LEAKS)
                .as("buffers that nobody released")
                .isEmpty();
    }
}
