package dev.maru.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseFormatTest {
    private final SseFormat format = new SseFormat();

    @Test
    void writesAMessageWithItsPosition() {
        assertThat(message("7f3k-42", "안녕")).isEqualTo("id: 7f3k-42\nevent: message\ndata: 안녕\n\n");
    }

    @Test
    void writesTheStandingOfAMessageThatIsNotKept() {
        assertThat(message("7f3k-42~a.1", "x")).startsWith("id: 7f3k-42\n");
    }

    @Test
    void writesNoIdWhereThereIsNoHistory() {
        assertThat(message("a.1", "x")).isEqualTo("event: message\ndata: x\n\n");
    }

    @Test
    void writesEachLineOfABody() {
        assertThat(message("a.1", " a\n\nb\n")).isEqualTo("event: message\ndata:  a\ndata: \ndata: b\ndata: \n\n");
        assertThat(message("a.1", "")).isEqualTo("event: message\ndata: \n\n");
    }

    @Test
    void writesWhatAnEventStreamCannotCarryAsBase64() {
        assertThat(message("a.1", "a\r\nb")).isEqualTo("event: base64\ndata: YQ0KYg==\n\n");
        assertThat(written(StompCommand.MESSAGE, StompHeaders.of("message-id", "a.1"), new byte[] {(byte) 0xFF, 0}))
                .isEqualTo("event: base64\ndata: /wA=\n\n");
    }

    @Test
    void saysWhereTheStreamBegins() {
        assertThat(written(
                        StompCommand.RECEIPT, StompHeaders.of("position", "7f3k-42", "head", "7f3k-42"), new byte[0]))
                .isEqualTo("retry: 2000\nid: 7f3k-42\n\n");
        assertThat(written(StompCommand.RECEIPT, new StompHeaders(), new byte[0]))
                .isEqualTo("retry: 2000\n\n");
    }

    @Test
    void saysThatThePastCannotBeReplayed() {
        StompHeaders headers = StompHeaders.of("position", "7f3k-40", "recovered", "false", "head", "7f3k-42");

        assertThat(written(StompCommand.RECEIPT, headers, new byte[0]))
                .isEqualTo("retry: 2000\nid: 7f3k-40\nevent: reset\n"
                        + "data: {\"position\":\"7f3k-40\",\"head\":\"7f3k-42\"}\n\n");
    }

    @Test
    void saysNothingOfTheConnectionItself() {
        assertThat(written(StompCommand.CONNECTED, StompHeaders.of("version", "1.2"), new byte[0]))
                .isEmpty();
    }

    private String message(String id, String body) {
        return written(StompCommand.MESSAGE, StompHeaders.of("message-id", id), body.getBytes(StandardCharsets.UTF_8));
    }

    private String written(StompCommand command, StompHeaders headers, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        format.encode(new ServerFrame(command, headers, body), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
