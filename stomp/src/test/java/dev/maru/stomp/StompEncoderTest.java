package dev.maru.stomp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StompEncoderTest {
    private static final String AWKWARD = "a:b\\c\nd\re";

    private static String encode(StompVersion version, StompCommand command, String body, String... headers) {
        ByteBuf out = Unpooled.buffer(1);
        StompEncoder.encode(version, command, StompHeaders.of(headers), body.getBytes(UTF_8), out);
        String text = out.toString(UTF_8);
        assertThat(out.release()).isTrue();
        return text;
    }

    private static String encode12(StompCommand command, String body, String... headers) {
        return encode(StompVersion.V1_2, command, body, headers);
    }

    @Test
    void writesCommandHeadersBodyAndNul() {
        assertThat(encode12(StompCommand.MESSAGE, "hello", "subscription", "0", "foo", "bar"))
                .isEqualTo("MESSAGE\nsubscription:0\nfoo:bar\ncontent-length:5\n\nhello\0");
    }

    @Test
    void countsTheBytesOfABodyAndNotItsCharacters() {
        assertThat(encode12(StompCommand.MESSAGE, "안녕하세요")).isEqualTo("MESSAGE\ncontent-length:15\n\n안녕하세요\0");
    }

    @Test
    void writesNoContentLengthWithoutABody() {
        assertThat(encode12(StompCommand.RECEIPT, "", "receipt-id", "1")).isEqualTo("RECEIPT\nreceipt-id:1\n\n\0");
    }

    @Test
    void writesItsOwnContentLengthInsteadOfAGivenOne() {
        assertThat(encode12(StompCommand.MESSAGE, "hi", "content-length", "7"))
                .isEqualTo("MESSAGE\ncontent-length:2\n\nhi\0");
    }

    @Test
    void writesRepeatedHeaders() {
        assertThat(encode12(StompCommand.MESSAGE, "", "foo", "1", "foo", "2")).isEqualTo("MESSAGE\nfoo:1\nfoo:2\n\n\0");
    }

    @Test
    void escapesAsEachVersionSays() {
        assertThat(encode(StompVersion.V1_2, StompCommand.MESSAGE, "", AWKWARD, AWKWARD))
                .isEqualTo("MESSAGE\na\\cb\\\\c\\nd\\re:a\\cb\\\\c\\nd\\re\n\n\0");
        assertThat(encode(StompVersion.V1_1, StompCommand.MESSAGE, "", AWKWARD, AWKWARD))
                .isEqualTo("MESSAGE\na\\cb\\\\c\\nd\re:a\\cb\\\\c\\nd\re\n\n\0");
    }

    @Test
    void letsNoHeaderForgeAnotherWhereNothingIsEscaped() {
        assertThat(encode(StompVersion.V1_0, StompCommand.MESSAGE, "", AWKWARD, AWKWARD))
                .isEqualTo("MESSAGE\na?b\\c?d?e:a:b\\c?d?e\n\n\0");
    }

    @ParameterizedTest
    @EnumSource(
            value = StompCommand.class,
            names = {"CONNECT", "STOMP", "CONNECTED"})
    void escapesNothingWhenConnecting(StompCommand command) {
        assertThat(encode12(command, "", "host", "a:b\\c")).isEqualTo(command + "\nhost:a:b\\c\n\n\0");
    }

    @ParameterizedTest
    @EnumSource(StompVersion.class)
    void replacesANulInAHeader(StompVersion version) {
        assertThat(encode(version, StompCommand.MESSAGE, "", "f\0o", "b\0r")).isEqualTo("MESSAGE\nf?o:b?r\n\n\0");
    }

    @Test
    void replacesHalfASurrogatePair() {
        assertThat(encode12(StompCommand.MESSAGE, "", "foo", "\uD83D")).isEqualTo("MESSAGE\nfoo:?\n\n\0");
    }

    @Test
    void knowsAnUpperBoundOfItsLength() {
        StompHeaders headers = StompHeaders.of("가\n", "\r\n::\\\\민수😀", "", "");
        byte[] body = new byte[1_234_567];
        ByteBuf out = Unpooled.buffer();
        StompEncoder.encode(StompVersion.V1_2, StompCommand.MESSAGE, headers, body, out);
        assertThat(StompEncoder.maxEncodedLength(StompCommand.MESSAGE, headers, body))
                .isBetween(out.readableBytes(), out.readableBytes() + 100);
        out.release();
    }
}
