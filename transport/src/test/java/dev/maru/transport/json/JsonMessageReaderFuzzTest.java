package dev.maru.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.websocket.MessageReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Messages that are almost right, cut anywhere. Seeded; {@code -Dmaru.fuzz.json=10000000} makes a long run of as many
 * messages, {@code -Dmaru.fuzz.seed} another one.
 */
class JsonMessageReaderFuzzTest {
    private static final int MESSAGES = Integer.getInteger("maru.fuzz.json", 40_000);
    private static final long SEED = Long.getLong("maru.fuzz.seed", 3);
    private static final int LIMIT = 400;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0000",
        "\\ud83d",
        "\\ude00",
        "\"type\":",
        "\"SEND\"",
        "\"body\":",
        "\"SUBSCRIBE\"",
        "\"id\":",
        "\"a\"",
        "\"content-transfer-encoding\":\"base64\"",
        "\"/wD+\"",
        "1",
        "-0",
        "1e9",
        "null",
        "true",
        " ",
        "\n",
        "안",
        "😀",
        "\u0000",
        "{\"type\":\"SEND\",",
        "\"destination\":\"/a\"",
        "999999999999999999999"
    };

    private final Random random = new Random(SEED);
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    @Test
    void neverFailsNorLeaksNorKeepsMoreThanItMay() {
        int faults = 0;
        int frames = 0;
        for (int i = 0; i < MESSAGES; i++) {
            HeardFrames listener = new HeardFrames();
            MessageReader reader = new JsonFraming().reader(new StompLimits(200, 4, 50), LIMIT, listener);
            boolean whole = feed(reader, message());
            reader.close();
            assertThat(allocator.metric().usedHeapMemory()).isZero();
            assertThat(listener.heard()).as("message %s of seed %s", i, SEED).hasSize(whole ? 1 : 0);
            if (whole && listener.heard().getFirst().startsWith("fault")) {
                faults++;
            } else if (whole) {
                frames++;
            }
        }
        assertThat(faults).isGreaterThan(MESSAGES / 10);
        assertThat(frames).isGreaterThan(MESSAGES / 100);
    }

    /** In up to three parts; false if it was too long. */
    private boolean feed(MessageReader reader, byte[] message) {
        int one = random.nextInt(message.length + 1);
        int two = one + random.nextInt(message.length - one + 1);
        boolean fits = reader.read(part(message, 0, one), false) == null
                && reader.read(part(message, one, two), false) == null
                && reader.read(part(message, two, message.length), true) == null;
        assertThat(fits).isEqualTo(message.length <= LIMIT);
        return fits;
    }

    private ByteBuf part(byte[] message, int from, int to) {
        return allocator.heapBuffer().writeBytes(message, from, to - from);
    }

    private byte[] message() {
        boolean sound = random.nextInt(4) == 0;
        StringBuilder text = new StringBuilder(sound ? "{\"type\":\"SEND\",\"destination\":\"/a\",\"body\":\"" : "");
        for (int n = random.nextInt(sound ? 4 : 30); n > 0; n--) {
            text.append(sound ? "안녕" : PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] bytes = text.append(sound ? "\"}" : "").toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(3) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
