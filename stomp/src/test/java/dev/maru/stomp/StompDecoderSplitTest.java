package dev.maru.stomp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives in pieces reads as if it had arrived at once. */
class StompDecoderSplitTest {
    private static final long SEED = 20260801;

    private static final String STREAM = """
        CONNECT
        accept-version:1.2
        host:\\localhost

        ^@

        SUBSCRIBE\r
        id:sub-0\r
        destination:/topic/public/3d41c3ed\r
        \r
        ^@\r
        SEND
        destination:/app/chat\\c1
        이름:민수 😀

        {"message":"안녕"}^@SEND
        content-length:7
        content-length:9

        a^@b^@c
        ^@^@BEGIN
        content-length:0
        transaction:t

        ^@\
        """.replace("^@", "\0");

    private static final List<String> EVENTS = List.of(
            "CONNECT [accept-version, 1.2, host, \\localhost] ",
            "heart-beat",
            "heart-beat",
            "SUBSCRIBE [id, sub-0, destination, /topic/public/3d41c3ed] ",
            "heart-beat",
            "SEND [destination, /app/chat:1, 이름, 민수 😀] {\"message\":\"안녕\"}",
            "SEND [content-length, 7, content-length, 9] a\0b\0c\n\0",
            "BEGIN [content-length, 0, transaction, t] ");

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
    private final RecordingListener heard = new RecordingListener();
    private final StompDecoder decoder = new StompDecoder(StompLimits.DEFAULT, heard);

    @AfterEach
    void everythingIsReleased() {
        decoder.close();
        assertThat(memory.metric().usedHeapMemory()).isZero();
    }

    @Test
    void readsInputSplitAtEveryByte() {
        byte[] stream = STREAM.getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            heard.events.clear();
            decode(stream, 0, split);
            decode(stream, split, stream.length);
            assertThat(heard.events).as("split at %d", split).isEqualTo(EVENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void readsInputInSmallPieces(int size) {
        byte[] stream = STREAM.getBytes(UTF_8);
        for (int from = 0; from < stream.length; from += size) {
            decode(stream, from, Math.min(from + size, stream.length));
        }
        assertThat(heard.events).isEqualTo(EVENTS);
    }

    @Test
    void readsInputInRandomPieces() {
        Random random = new Random(SEED);
        byte[] stream = STREAM.getBytes(UTF_8);
        for (int round = 0; round < 500; round++) {
            heard.events.clear();
            for (int from = 0, to; from < stream.length; from = to) {
                to = Math.min(stream.length, from + random.nextInt(60));
                decode(stream, from, to);
            }
            assertThat(heard.events).as("round %d", round).isEqualTo(EVENTS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEND\nfoo:bar", "SEND\nfoo:bar\n\nhello", "SEND\ncontent-length:9\n\nhello", "SEN"})
    void releasesAnUnfinishedFrameOnClose(String start) {
        byte[] bytes = start.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            decode(bytes, i, i + 1);
        }
        assertThat(memory.metric().usedHeapMemory()).isPositive();
    }

    @Test
    void keepsNoMoreThanHasArrivedOfAPromisedBody() {
        byte[] start = "SEND\ncontent-length:250000\n\nhello".getBytes(UTF_8);
        decode(start, 0, start.length);
        assertThat(memory.metric().usedHeapMemory()).isLessThan(100);
    }

    @Test
    void doesNotKeepABufferForAFewBytesAtItsEnd() {
        byte[] many = ("SEND\n\n" + "x".repeat(100_000) + "\0SEND\n\nbe").getBytes(UTF_8);
        decode(many, 0, many.length);
        assertThat(memory.metric().usedHeapMemory()).isLessThan(100);
    }

    private void decode(byte[] stream, int from, int to) {
        ByteBuf bytes = memory.heapBuffer(Math.max(1, to - from)).writeBytes(stream, from, to - from);
        decoder.decode(bytes);
        assertThat(bytes.refCnt()).isZero();
    }
}
