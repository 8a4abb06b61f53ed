package dev.maru.stomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Throws damaged input at the decoder, whole and in pieces. Nothing may be thrown, leaked or reported after a fault,
 * memory stays within the limits, and the pieces read as the whole does. {@code maru.fuzz.inputs} and {@code
 * maru.fuzz.seed} say how long and with which inputs.
 */
class StompDecoderFuzzTest {
    private static final long SEED = Long.getLong("maru.fuzz.seed", 20260803);
    private static final int INPUTS = Integer.getInteger("maru.fuzz.inputs", 200_000);
    private static final StompLimits LIMITS = new StompLimits(160, 5, 48);

    private static final List<byte[]> CORPUS = Stream.of(
                    "CONNECT\naccept-version:1.1,1.2\nhost:localhost\nheart-beat:10000,10000\n\n\0",
                    "STOMP\r\naccept-version:1.0\r\n\r\n\0\r\n",
                    "SUBSCRIBE\nid:0\ndestination:/topic/public\nreceipt:1\n\n\0\n\n",
                    "SEND\ndestination:/app/chat\n\n{\"message\":\"hi\"}\0",
                    "SEND\ncontent-length:4\nfoo:a\\nb\\c\\\\\n\n\0\n\r\0\0SEND\n\n\0",
                    "SEND\nfoo:\u00ec\u0095\u0088\u00eb\u0085\u0095\n\n\u00ff\u00fe\0DISCONNECT\nreceipt:77\n\n\0",
                    "ACK\nid:1\n\n\0NACK\nid:2\n\n\0BEGIN\ntransaction:t\n\n\0COMMIT\ntransaction:t\n\n\0",
                    "\n\n\r\n\nABORT\ntransaction:t\ncontent-length:0\n\n\0UNSUBSCRIBE\nid:0\n\n\0")
            .map(text -> text.getBytes(ISO_8859_1))
            .toList();

    /** Bytes that mean something to the decoder, so that damage with them goes deeper. */
    private static final byte[] TELLING = {0, '\n', '\r', ':', '\\', 'n', 'c', 'r', 't', '0', '9', ' ', (byte) 0xC3};

    private final Random random = new Random(SEED);

    @Test
    void survivesDamagedInput() {
        int faults = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = damaged();
            Run whole = new Run(input, i);
            whole.feed(input.length);
            Run pieces = new Run(input, i);
            while (pieces.fed < input.length) {
                pieces.feed(1 + random.nextInt(1 + random.nextInt(40)));
            }
            assertThat(pieces.end()).as("input %d in pieces", i).isEqualTo(whole.end());
            assertThat(pieces.heard.receiptOfFault).isEqualTo(whole.heard.receiptOfFault);
            faults += whole.faults();
        }
        assertThat(faults).as("inputs that were a fault").isBetween(INPUTS / 4, INPUTS - INPUTS / 20);
    }

    private byte[] damaged() {
        byte[] input = CORPUS.get(random.nextInt(CORPUS.size())).clone();
        for (int times = random.nextInt(4); times > 0; times--) {
            input = damage(input);
        }
        return input;
    }

    private byte[] damage(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int length = Math.min(random.nextInt(8), input.length - at);
        return switch (random.nextInt(5)) {
            case 0 -> join(head(input, at), new byte[] {telling()}, tail(input, Math.min(at + 1, input.length)));
            case 1 -> join(head(input, at), tail(input, at + length));
            case 2 -> join(head(input, at), new byte[] {(byte) random.nextInt()}, tail(input, at));
            case 3 -> join(head(input, at), CORPUS.get(random.nextInt(CORPUS.size())));
            default -> join(head(input, at + length), tail(input, at));
        };
    }

    private byte telling() {
        return TELLING[random.nextInt(TELLING.length)];
    }

    private static byte[] head(byte[] input, int to) {
        return Arrays.copyOf(input, to);
    }

    private static byte[] tail(byte[] input, int from) {
        return Arrays.copyOfRange(input, from, input.length);
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** One decoder on one input. Every eighth changes its version in between, every sixteenth is closed from within. */
    private static final class Run {
        private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
        private final RecordingListener heard = new RecordingListener();
        private final StompDecoder decoder = new StompDecoder(LIMITS, heard);
        private final byte[] input;
        private int fed;
        private long mostKept;

        Run(byte[] input, int number) {
            this.input = input;
            decoder.version(StompVersion.values()[number % 3]);
            heard.onFrame = frame -> {
                if (number % 8 == 0) {
                    decoder.version(StompVersion.values()[heard.events.size() % 3]);
                }
                if (number % 16 == 1) {
                    decoder.close();
                }
            };
        }

        void feed(int atMost) {
            int length = Math.min(atMost, input.length - fed);
            decoder.decode(memory.heapBuffer(Math.max(1, length)).writeBytes(input, fed, length));
            fed += length;
            mostKept = Math.max(mostKept, memory.metric().usedHeapMemory());
        }

        int faults() {
            return heard.events.stream().anyMatch(Run::isFault) ? 1 : 0;
        }

        List<String> end() {
            decoder.close();
            assertThat(memory.metric().usedHeapMemory()).isZero();
            assertThat(mostKept).isLessThanOrEqualTo(LIMITS.maxFrameBytes());
            assertThat(heard.events.stream().dropWhile(event -> !isFault(event)))
                    .hasSizeLessThanOrEqualTo(1);
            return heard.events;
        }

        private static boolean isFault(String event) {
            return Arrays.stream(StompFault.values())
                    .anyMatch(fault -> fault.name().equals(event));
        }
    }
}
