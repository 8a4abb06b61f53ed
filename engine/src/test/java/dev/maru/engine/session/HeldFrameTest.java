package dev.maru.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeldFrameTest {
    @Test
    void givesItsHeadersBackAsTheyCame() {
        StompHeaders headers =
                StompHeaders.of("destination", "/queue/a", "ㄱ:\n", "끝", "empty", "", "twice", "1", "twice", "2");

        HeldFrame held = held(headers, "body");

        assertThat(held.headers()).isEqualTo(headers);
        assertThat(held.destination()).isEqualTo("/queue/a");
        assertThat(held.body()).isEqualTo("body".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsTheBytesOfItsTextsAndItsBody() {
        assertThat(held(StompHeaders.of("a", "", "ㄱ", "b"), "body").size()).isEqualTo(1 + 3 + 1 + 4);
    }

    @Test
    void takesLittleMoreThanItCountsForHoweverManyHeadersThereAre() {
        StompHeaders headers = new StompHeaders();
        for (int i = 0; i < 64; i++) {
            headers.add("a", "");
        }

        assertThat(held(headers, "").packed()).hasSizeLessThan(64 * 10);
    }

    private static HeldFrame held(StompHeaders headers, String body) {
        try (StompFrame frame =
                new StompFrame(StompCommand.SEND, headers, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8))) {
            return HeldFrame.of(frame.command(), frame.headers(), frame.body());
        }
    }
}
