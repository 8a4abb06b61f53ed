package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A frame that a {@link StompTestClient} got.
 *
 * <p>Safe for any thread, as nobody writes to it.
 *
 * @param command what it says
 * @param headers unescaped, in order
 * @param body a copy
 */
public record ReceivedFrame(StompCommand command, StompHeaders headers, byte[] body) {

    /** The first value of this header, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        return command + " " + headers + " " + text();
    }
}
