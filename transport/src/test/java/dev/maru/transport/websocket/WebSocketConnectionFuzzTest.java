package dev.maru.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.Handshake;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.sockjs.SockJsFraming;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations with some bytes changed, cut anywhere. */
class WebSocketConnectionFuzzTest {
    /** A long run: {@code -Dmaru.fuzz.conversations=1000000}. */
    private static final int CONVERSATIONS = Integer.getInteger("maru.fuzz.conversations", 1_000);

    private static final MessageCompression COMPRESSION = new MessageCompression(16);
    private static final List<String> TEXTS = List.of(
            "SEND\ndestination:/a\n\n안녕\0",
            "[\"SEND\\n\\nhello\\u0000\"]",
            "\"SEND\\n\\nhello\\u0000\"",
            "\n",
            "[]",
            "",
            "SEND\ncontent-length:3\n\n\0\0\0\0");

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void endsEachSessionOnceWithoutFailingAndWithNothingLeftOver(boolean sockJs, boolean deflate)
            throws InterruptedException {
        StompFraming framing = sockJs ? new SockJsFraming() : new PlainFraming();
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            converse(framing, deflate, new Random(seed));
        }
    }

    private static void converse(StompFraming framing, boolean deflate, Random random) throws InterruptedException {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        RecordingSessions sessions = new RecordingSessions();
        WebSocketConnection connection = new WebSocketConnection(
                channel,
                new ConnectionSettings(sessions, framing, StompLimits.DEFAULT, 1_000),
                new Handshake("/ws", Map.of(), channel.remoteAddress(), "websocket"),
                deflate ? new Deflate(COMPRESSION, true) : Deflate.NONE);
        channel.pipeline().addLast(connection);
        connection.open();

        byte[] bytes = conversation(random, deflate);
        int at = 0;
        while (at < bytes.length && channel.isOpen()) {
            int size = Math.min(bytes.length - at, 1 + random.nextInt(40));
            channel.writeInbound(allocator.buffer().writeBytes(bytes, at, size));
            at += size;
        }
        channel.finishAndReleaseAll();

        List<String> heard = sessions.next().heard();
        assertThat(heard).last().asString().startsWith("closed ").isNotEqualTo("closed SERVER_ERROR");
        assertThat(heard).filteredOn(event -> event.startsWith("closed")).hasSize(1);
        assertThat(heard).filteredOn(event -> event.startsWith("fault")).hasSizeLessThanOrEqualTo(1);
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    private static byte[] conversation(Random random, boolean deflate) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(8); i >= 0; i--) {
            out.writeBytes((deflate && random.nextBoolean() ? deflated(random) : frame(random)).bytes());
        }
        byte[] bytes = out.toByteArray();
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static ClientFrame deflated(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        byte[] compressed =
                Deflated.deflate(text.repeat(random.nextInt(4) == 0 ? 200 : 1).getBytes(UTF_8));
        return ClientFrame.of(random.nextInt(4) == 0 ? 0x41 : 0xC1, compressed);
    }

    private static ClientFrame frame(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> ClientFrame.ping(text);
            case 1 -> ClientFrame.close(random.nextBoolean() ? 1000 : random.nextInt(5_000));
            case 2 -> ClientFrame.firstPart(text);
            case 3 -> ClientFrame.lastPart(text);
            default -> ClientFrame.text(text);
        };
    }
}
