package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.websocket.ServerFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SockJsWebSocketFormatTest {
    private static final WireFormat FORMAT = new SockJsFraming().format(StompVersion.V1_2);

    @Test
    void sendsOneFrameAsTheOnlyElementOfAnArray() {
        assertThat(encoded("{\"message\":\"안녕\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("text a[\"MESSAGE\\ndestination:/topic/a\\ncontent-length:20\\n\\n"
                        + "{\\\"message\\\":\\\"안녕\\\"}\\u0000\"]");
    }

    @Test
    void sendsABodyThatIsNotUtf8AsBase64() {
        assertThat(encoded(new byte[] {(byte) 0xFF, 0, 1}))
                .isEqualTo("text a[\"MESSAGE\\ncontent-transfer-encoding:base64\\ndestination:/topic/a\\n"
                        + "content-length:4\\n\\n/wAB\\u0000\"]");
    }

    @Test
    void sendsStompsHeartBeatAsAMessage() {
        ByteBuf out = Unpooled.buffer();
        FORMAT.encodeHeartBeat(out);

        assertThat(new ServerFrames().add(out).take()).containsExactly("text a[\"\\n\"]");
    }

    @Test
    void hasAnotherKeyThanOtherVersions() {
        assertThat(FORMAT.key())
                .isNotEqualTo(new SockJsFraming().format(StompVersion.V1_1).key());
    }

    private static String encoded(byte[] body) {
        ByteBuf out = Unpooled.buffer();
        FORMAT.encode(new ServerFrame(StompCommand.MESSAGE, StompHeaders.of("destination", "/topic/a"), body), out);
        return new ServerFrames().add(out).take().getFirst();
    }
}
