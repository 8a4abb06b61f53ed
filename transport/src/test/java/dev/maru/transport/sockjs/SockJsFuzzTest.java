package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.leaks.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever path or body comes, it is understood or refused, costs no more than its length, and what was read is written
 * so that it reads the same again.
 */
@ExtendWith(LeakExtension.class)
class SockJsFuzzTest {
    private static final String[] PATHS = {
        "/",
        "//",
        "/..",
        "/%2e%2e",
        "/a",
        "/%2f",
        "/xhr_send",
        "/jsonp_send",
        "/xhr",
        "/iframe",
        ".html",
        "/info",
        ";x=1",
        "/%00",
        "/\\",
        "/websocket",
        "/000",
        ".",
        "%",
        "/xhr_streaming",
        "/eventsource",
        "/htmlfile",
        "/jsonp",
        "-1",
        "글"
    };
    private static final String[] BODIES = {
        "[",
        "]",
        "[\"",
        "\"]",
        "\"",
        "\",\"",
        ",",
        "\\",
        "\\u12",
        "\\u0000",
        "\\ud83d",
        "\\n",
        "{",
        "}",
        "1",
        "null",
        "d=",
        "%5B%22",
        "%22%5D",
        "%",
        "+",
        "&",
        "안",
        " ",
        "\u0000",
        "\u2028",
        "a",
        "CONNECT\\n\\n"
    };

    /** Whose buffers are not watched for leaks: they are this test's own. */
    private static final ByteBufAllocator SCRATCH = new UnpooledByteBufAllocator(false, true);

    private final Random random = new Random(Long.getLong("maru.fuzz.seed", 20260101L));

    @Test
    void survivesAnyPathAndBody() {
        int inputs = Integer.getInteger("maru.fuzz.sockjs", 50_000);
        int read = 0;
        for (int i = 0; i < inputs; i++) {
            path(any(PATHS, 6));
            byte[] body = damaged(body().getBytes(StandardCharsets.UTF_8));
            List<String> messages = messages(body);
            if (messages != null) {
                read++;
                assertThat(messages.stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(body.length);
                assertReadsTheSameAgain(messages);
            }
        }
        assertThat(read).as("inputs that were sound").isGreaterThan(inputs / 100);
    }

    private static void path(String path) {
        SockJsRequest request = SockJsRequest.of(path);
        if (request.overHttp() || request == SockJsRequest.WEBSOCKET) {
            String session = SockJsRequest.session(path);
            assertThat(session.length()).as(path).isBetween(1, 128);
            assertThat(session.indexOf('/') + session.indexOf('.')).as(path).isEqualTo(-2);
        }
    }

    private @Nullable List<String> messages(byte[] body) {
        try {
            return random.nextBoolean() ? SockJsMessages.read(body) : SockJsMessages.readForm(body);
        } catch (BrokenPayloadException e) {
            return null;
        }
    }

    private static void assertReadsTheSameAgain(List<String> messages) {
        ByteBuf out = SCRATCH.buffer();
        ByteBuf wrapped = SCRATCH.buffer();
        try {
            out.writeByte('[');
            messages.forEach(message -> {
                SockJsString.write(message, out);
                out.writeByte(',');
            });
            out.setByte(out.writerIndex() - 1, messages.isEmpty() ? '[' : ']');
            byte[] array = new byte[out.readableBytes()];
            out.getBytes(0, array);
            if (!messages.isEmpty()) {
                assertThat(SockJsMessages.read(array)).isEqualTo(messages);
                SockJsTransport.HTMLFILE.write(Unpooled.wrappedBuffer(array), "c", wrapped);
                assertThat(wrapped.indexOf(wrapped.readerIndex() + 1, wrapped.writerIndex(), (byte) '<'))
                        .isEqualTo(wrapped.writerIndex() - "</script>\r\n".length());
            }
        } catch (BrokenPayloadException e) {
            throw new AssertionError(messages.toString(), e);
        } finally {
            out.release();
            wrapped.release();
        }
    }

    /** Half of them are framed as they should be, but for what is within. */
    private String body() {
        String field = random.nextInt(3) == 0 ? "d=" : "";
        return field + (random.nextBoolean() ? any(BODIES, 10) : "[\"" + any(BODIES, 4) + "\"]");
    }

    private String any(String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private byte[] damaged(byte[] body) {
        if (random.nextInt(4) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        return body;
    }
}
