package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.fail;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8ValidatorTest {
    private final CharsetDecoder jdk = StandardCharsets.UTF_8.newDecoder();

    @Test
    void agreesWithTheJdkOnAllShortSequences() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                for (int third : new int[] {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xF4}) {
                    check((byte) first, (byte) second, (byte) third);
                    check((byte) first, (byte) second, (byte) third, (byte) 0x80);
                }
            }
        }
    }

    @Test
    void agreesWithTheJdkOnRandomTextWithOneByteChanged() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = random.ints(random.nextInt(20), 0, 0x110000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .map(c -> random.nextBoolean() ? c : c % 0x80)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            check(bytes);
        }
    }

    private void check(byte... bytes) {
        boolean expected = jdkTakes(bytes);
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        boolean agrees = Utf8Validator.isUtf8(bytes) == expected;
        for (int cut = 0; cut <= bytes.length; cut++) {
            Utf8Validator validator = new Utf8Validator();
            boolean taken = validator.accept(buffer, 0, cut)
                    && validator.accept(buffer, cut, bytes.length - cut)
                    && validator.complete();
            agrees &= taken == expected;
        }
        if (!agrees) {
            fail("not as the JDK: " + HexFormat.of().formatHex(bytes));
        }
    }

    private boolean jdkTakes(byte[] bytes) {
        CharBuffer characters = CharBuffer.allocate(bytes.length + 1);
        return !jdk.reset().decode(ByteBuffer.wrap(bytes), characters, true).isError();
    }
}
