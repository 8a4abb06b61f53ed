package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class SockJsStringTest {

    @Test
    void escapesWhatJsonWants() {
        assertThat(written("a\"b\\c\n\r\t\0\u001f\u007f")).isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u001f\u007f\"");
    }

    @Test
    void escapesWhatBrowsersLose() {
        assertThat(written("\u200b\u200c\u200f\u2010")).isEqualTo("\"\u200b\\u200c\\u200f\u2010\"");
        assertThat(written("\u2027\u2028\u202f\u2030")).isEqualTo("\"\u2027\\u2028\\u202f\u2030\"");
        assertThat(written("\u205f\u2060\u206f\u2070")).isEqualTo("\"\u205f\\u2060\\u206f\u2070\"");
        assertThat(written("\uffef\ufff0\uffff")).isEqualTo("\"\uffef\\ufff0\\uffff\"");
    }

    @Test
    void escapesSurrogatesOneByOne() {
        assertThat(written("마\uD83D\uDE00루")).isEqualTo("\"마\\ud83d\\ude00루\"");
    }

    @Test
    void isReadBackByAnyJsonParserAndKnowsItsLength() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String text = random.ints(random.nextInt(40), 0, 0x110000)
                    .map(c -> random.nextInt(3) == 0 ? c : c % 0x3000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(parsed(written(text))).isEqualTo(text);
        }
    }

    private static String parsed(String json) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return parser.getString();
        }
    }

    private static String written(String text) {
        byte[] source = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        ByteBuf out = Unpooled.buffer();
        SockJsString.write(source, 1, source.length - 1, out);
        assertThat(SockJsString.length(source, 1, source.length - 1)).isEqualTo(out.readableBytes());
        return out.toString(StandardCharsets.UTF_8);
    }
}
