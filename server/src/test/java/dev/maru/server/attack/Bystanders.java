package dev.maru.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.RunningServer;
import dev.maru.server.support.StompClient;
import java.time.Duration;
import java.util.Arrays;

/**
 * Two people who chat while somebody else attacks.
 *
 * <p>Confined to one thread.
 */
final class Bystanders implements AutoCloseable {
    private static final int MESSAGES = 20;
    private static final Duration NOTICEABLE = Duration.ofMillis(300);

    private final StompClient jane;
    private final StompClient minsu;

    Bystanders(RunningServer server) {
        this.jane = server.connect();
        this.minsu = server.connect();
        jane.subscribed("room", "/topic/public/tea");
    }

    /** Chats for a moment; half of the messages arrive before anybody would notice a delay. */
    void chatAsUsual() {
        long[] nanos = new long[MESSAGES];
        for (int i = 0; i < MESSAGES; i++) {
            long start = System.nanoTime();
            minsu.send("/app/chat/message/tea", "{\"sender\":\"민수\",\"message\":\"no. " + i + "\"}");
            assertThat(jane.message("room").text("message")).isEqualTo("no. " + i);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        assertThat(Duration.ofNanos(nanos[MESSAGES / 2])).isLessThan(NOTICEABLE);
    }

    @Override
    public void close() {
        jane.close();
        minsu.close();
    }
}
