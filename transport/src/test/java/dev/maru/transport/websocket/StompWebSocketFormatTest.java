package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StompWebSocketFormatTest {
    private static final UnpooledByteBufAllocator BUFFERS = new UnpooledByteBufAllocator(false, true);
    private static final StompHeaders HEADERS = StompHeaders.of("destination", "/topic/방", "subscription", "sub:0");

    @Test
    void putsAnyLengthBehindTheShortestHeader() {
        for (StompVersion version : StompVersion.values()) {
            for (int length = 0; length < 300; length++) {
                checkFrame(version, length, 0x81);
            }
            for (int length = 65_300; length < 65_700; length += 7) {
                checkFrame(version, length, 0x81);
            }
        }
    }

    @Test
    void sendsABodyThatIsNotUtf8InABinaryFrame() {
        ByteBuf out = Unpooled.buffer();
        StompWebSocketFormat.V1_2.encode(frame(new byte[] {(byte) 0xFF}), out);

        assertThat(out.getUnsignedByte(0)).isEqualTo((short) 0x82);
    }

    @Test
    void sendsAHeartBeatAsALineFeed() {
        ByteBuf out = Unpooled.buffer();
        StompWebSocketFormat.V1_2.encodeHeartBeat(out);

        assertThat(ByteBufUtil.getBytes(out)).isEqualTo(new byte[] {(byte) 0x81, 1, '\n'});
    }

    @Test
    void hasAKeyForEachVersion() {
        assertThat(StompWebSocketFormat.of(StompVersion.V1_1).key())
                .isEqualTo(StompWebSocketFormat.V1_1.key())
                .isNotEqualTo(StompWebSocketFormat.V1_2.key());
    }

    /** Behind bytes of another frame, in every kind of buffer. */
    private static void checkFrame(StompVersion version, int length, int firstByte) {
        ServerFrame frame = frame("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
        ByteBuf stomp = BUFFERS.heapBuffer();
        StompEncoder.encode(version, frame.command(), frame.headers(), frame.body(), stomp);
        for (ByteBuf out : new ByteBuf[] {BUFFERS.heapBuffer(4), BUFFERS.directBuffer(4)}) {
            out.writeByte(7);
            StompWebSocketFormat.of(version).encode(frame, out);
            assertThat(out.readableBytes() - 1)
                    .isLessThanOrEqualTo(StompWebSocketFormat.of(version).weight(frame));
            assertThat(out.readByte()).isEqualTo((byte) 7);
            assertThat(out.readUnsignedByte()).isEqualTo((short) firstByte);
            assertThat(payloadLength(out)).isEqualTo(stomp.readableBytes());
            assertThat(ByteBufUtil.equals(out, stomp)).isTrue();
            out.release();
        }
    }

    private static long payloadLength(ByteBuf in) {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> length;
        };
    }

    private static ServerFrame frame(byte[] body) {
        return new ServerFrame(StompCommand.MESSAGE, HEADERS, body);
    }
}
