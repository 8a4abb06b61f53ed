package dev.maru.transport.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.websocket.MessageReader;
import dev.maru.transport.websocket.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMessageReaderTest {
    private static final int LIMIT = 2000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final HeardFrames listener = new HeardFrames();
    private final MessageReader reader = new JsonFraming().reader(new StompLimits(1000, 4, 100), LIMIT, listener);

    @AfterEach
    void nothingIsLeftOver() {
        reader.close();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void readsEveryFieldAsAHeader() {
        read("{\"type\":\"SUBSCRIBE\",\"id\":\"s\",\"destination\":\"/topic/a\",\"last\":50}");

        assertThat(listener.heard()).containsExactly("SUBSCRIBE [id, s, destination, /topic/a, last, 50] ");
    }

    @Test
    void readsTheTypeWhereverItStands() {
        read(" {\"body\":\"hi\\n\\\"you\\\"\",\"destination\":\"/a\",\"type\":\"SEND\"} ");

        assertThat(listener.heard()).containsExactly("SEND [destination, /a] hi\n\"you\"");
    }

    @Test
    void connectsAsAClientOfVersion12() {
        read("{\"type\":\"CONNECT\",\"heart-beat\":\"0,5000\"}");

        assertThat(listener.heard())
                .containsExactly("CONNECT [accept-version, 1.2, heart-beat, 0,5000, host, socket] ");
    }

    @Test
    void turnsBase64IntoTheBytesThatItStandsFor() {
        read("{\"type\":\"SEND\",\"destination\":\"/a\",\"content-transfer-encoding\":\"base64\",\"body\":\"/wD+\"}");

        assertThat(listener.heard()).containsExactly("SEND [destination, /a] \u00ff\0\u00fe");
    }

    @Test
    void takesWhiteSpaceForAHeartBeat() {
        read("\n");
        read("");

        assertThat(listener.heard()).containsExactly("heart-beat", "heart-beat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "null",
                "[]",
                "\"SEND\"",
                "{",
                "{}",
                "{\"type\":\"SEND\"",
                "{\"type\":\"SEND\"}{\"type\":\"SEND\"}",
                "{\"type\":\"SEND\"}]",
                "{\"type\":\"SEND\",\"id\":{}}",
                "{\"type\":\"SEND\",\"id\":[\"a\"]}",
                "{\"type\":\"SEND\",\"id\":null}",
                "{\"type\":\"SEND\",\"id\":true}",
                "{\"type\":\"SEND\",\"id\":1.5}",
                "{\"type\":\"SEND\",\"id\":\"a\",\"id\":\"a\"}",
                "{\"type\":\"SEND\",\"type\":\"SEND\"}",
                "{\"type\":\"SEND\",\"body\":\"a\",\"body\":\"b\"}",
                "{\"type\":\"SEND\",\"body\":1}",
                "{\"type\":\"SEND\",\"\":\"a\"}",
                "{\"type\":\"SEND\",\"a\":\"\\u0000\"}",
                "{\"type\":\"SEND\",\"body\":\"\\ud83d\"}",
                "{\"type\":\"SEND\",\"body\":\"\\q\"}",
                "{'type':'SEND'}",
                "{\"type\":\"SEND\",}",
                "{\"type\":\"SEND\"} // really",
                "{\"type\":\"SEND\",\"content-transfer-encoding\":\"base64\",\"body\":\"?\"}"
            })
    void refusesWhatIsNoFlatObject(String message) {
        read(message);

        assertThat(listener.heard()).containsExactly("fault MALFORMED_FRAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "SENDD", "MESSAGE", "CONNECTED", "STOMP", "", "7"})
    void refusesTypesThatNoClientSends(String type) {
        read("{\"type\":\"" + type + "\"}");
        assertThat(listener.heard()).containsExactly("fault UNKNOWN_COMMAND");
    }

    @Test
    void refusesABodyWhereNoneBelongs() {
        read("{\"type\":\"SUBSCRIBE\",\"body\":\"\"}");
        assertThat(listener.heard()).containsExactly("fault BODY_NOT_ALLOWED");
    }

    @ParameterizedTest
    @CsvSource({"a:4, SEND", "a:5, fault TOO_MANY_HEADERS"})
    void limitsTheNumberOfFields(String fields, String outcome) {
        StringBuilder message = new StringBuilder("{\"type\":\"SEND\"");
        for (int i = 0; i < Integer.parseInt(fields.substring(2)); i++) {
            message.append(",\"h").append(i).append("\":1");
        }
        read(message.append('}').toString());

        assertThat(listener.heard()).singleElement().asString().startsWith(outcome);
    }

    @Test
    void limitsTheLengthOfAField() {
        read("{\"type\":\"SEND\",\"a\":\"" + "x".repeat(98) + "\"}");
        read("{\"type\":\"SEND\",\"a\":\"" + "x".repeat(99) + "\"}");

        assertThat(listener.heard()).hasSize(2).element(1).isEqualTo("fault HEADER_LINE_TOO_LONG");
    }

    @Test
    void limitsTheLengthOfAFrame() {
        read("{\"type\":\"SEND\",\"body\":\"" + "x".repeat(1000) + "\"}");
        read("{\"type\":\"SEND\",\"body\":\"" + "x".repeat(1001) + "\"}");

        assertThat(listener.heard()).hasSize(2).element(1).isEqualTo("fault FRAME_TOO_LARGE");
    }

    @Test
    void readsNothingAfterAFault() {
        read("{}");
        read("{\"type\":\"SEND\"}");
        read("\n");

        assertThat(listener.heard()).containsExactly("fault MALFORMED_FRAME");
    }

    @Test
    void readsTheSameHoweverTheMessageIsCut() {
        byte[] message = "{\"type\":\"SEND\",\"a\":\"안녕\",\"body\":\"😀\"}".getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= message.length; cut++) {
            listener.heard().clear();
            assertThat(reader.read(buffer(Arrays.copyOf(message, cut)), false)).isNull();
            assertThat(reader.read(buffer(Arrays.copyOfRange(message, cut, message.length)), true))
                    .isNull();
            assertThat(listener.heard()).singleElement().asString().startsWith("SEND [a, 안녕] ");
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] message = "{\"type\":\"SEND\",\"body\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        message[message.length - 3] = (byte) 0xFF;
        reader.read(buffer(message), true);

        assertThat(listener.heard()).containsExactly("fault MALFORMED_FRAME");
    }

    @Test
    void keepsNoMoreThanTheLimitOfAMessageInParts() {
        byte[] part = new byte[LIMIT / 4];
        Arrays.fill(part, (byte) ' ');
        for (int i = 0; i < 4; i++) {
            assertThat(reader.read(buffer(part), false)).isNull();
        }

        assertThat(reader.read(buffer(part), false))
                .extracting(Violation::closeCode)
                .isEqualTo(1009);
    }

    private void read(String message) {
        assertThat(reader.read(buffer(message.getBytes(StandardCharsets.UTF_8)), true))
                .isNull();
    }

    private ByteBuf buffer(byte[] bytes) {
        return allocator.directBuffer().writeBytes(bytes);
    }
}
