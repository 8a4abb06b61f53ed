package dev.maru.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonWebSocketFormatTest {
    private final WireFormat format = new JsonFraming().format(StompVersion.V1_2);

    @Test
    void writesOneFlatObject() {
        assertThat(written(StompCommand.MESSAGE, StompHeaders.of("destination", "/topic/방", "a", "\"\\\u0001"), "hi\n"))
                .isEqualTo("{\"type\":\"MESSAGE\",\"destination\":\"/topic/방\",\"a\":\"\\\"\\\\\\u0001\","
                        + "\"body\":\"hi\\n\"}");
    }

    @Test
    void writesNoFieldTwice() {
        StompHeaders headers = StompHeaders.of("a", "1", "a", "2", "type", "3", "body", "4", "content-length", "5");

        assertThat(written(StompCommand.RECEIPT, headers, "")).isEqualTo("{\"type\":\"RECEIPT\",\"a\":\"1\"}");
    }

    @Test
    void writesBytesThatAreNoTextAsBase64() {
        byte[] body = {(byte) 0xFF, 0, (byte) 0xFE};

        assertThat(written(new ServerFrame(StompCommand.MESSAGE, new StompHeaders(), body)))
                .isEqualTo("{\"type\":\"MESSAGE\",\"content-transfer-encoding\":\"base64\",\"body\":\"/wD+\"}");
    }

    @Test
    void putsAnyLengthBehindTheShortestHeader() {
        for (int length = 0; length < 70_000; length += length < 300 ? 1 : 333) {
            for (String letter : new String[] {"x", "\u0001"}) {
                String body = letter.repeat(length);
                assertThat(written(StompCommand.MESSAGE, new StompHeaders(), body))
                        .endsWith("\"body\":\"" + body.replace("\u0001", "\\u0001") + "\"}");
            }
        }
    }

    @Test
    void isReadBackAsItWasWritten() {
        String body = "\"안녕\"\\ 😀\u0000\u2028\t\r\n";
        String text = written(StompCommand.MESSAGE, StompHeaders.of("a", body.replace("\0", "")), body)
                .replace("MESSAGE", "SEND");
        HeardFrames listener = new HeardFrames();
        new JsonFraming()
                .reader(StompLimits.DEFAULT, 1000, listener)
                .read(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), true);

        assertThat(listener.heard())
                .containsExactly("SEND [a, " + body.replace("\0", "") + "] "
                        + new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private String written(StompCommand command, StompHeaders headers, String body) {
        return written(new ServerFrame(command, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Behind bytes of another frame. */
    private String written(ServerFrame frame) {
        ByteBuf out = Unpooled.buffer(4).writeByte(7);
        format.encode(frame, out);
        assertThat(out.readByte()).isEqualTo((byte) 7);
        assertThat(out.readUnsignedByte()).isEqualTo((short) 0x81);
        int length = out.readUnsignedByte();
        long payload = length == 126 ? out.readUnsignedShort() : length == 127 ? out.readLong() : length;
        assertThat(out.readableBytes()).isEqualTo((int) payload);
        assertThat(payload < 126 ? 125 : payload < 65_536 ? 126 : 127).isEqualTo(Math.max(125, length));
        return out.toString(StandardCharsets.UTF_8);
    }
}
