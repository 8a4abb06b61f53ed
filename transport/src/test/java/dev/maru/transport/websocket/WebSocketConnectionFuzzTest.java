package dev.maru.transport.websocket;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations with some bytes changed, cut anywhere. */
class WebSocketConnectionFuzzTest {
    private static final int CONVERSATIONS = 1_000;
    private static final List<String> TEXTS = List.of(
            "SEND\ndestination:/a\n\n안녕\0",
            "[\"SEND\\n\\nhello\\u0000\"]",
            "\"SEND\\n\\nhello\\u0000\"",
            "\n",
            "[]",
            "",
            "SEND\ncontent-length:3\n\n\0\0\0\0");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsEachSessionOnceWithoutFailingAndWithNothingLeftOver(boolean sockJs) throws InterruptedException {
        StompFraming framing = sockJs ? new SockJsFraming() : new PlainFraming();
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            converse(framing, new Random(seed));
        }
    }

    private static void converse(StompFraming framing, Random random) throws InterruptedException {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        RecordingSessions sessions = new RecordingSessions();
        WebSocketConnection connection = new WebSocketConnection(
                channel,
                new ConnectionSettings(sessions, framing, StompLimits.DEFAULT, 1_000),
                new Handshake("/ws", Map.of(), channel.remoteAddress(), "websocket"),
                Deflate.NONE);
        channel.pipeline().addLast(connection);
        connection.open();

        byte[] bytes = conversation(random);
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

    private static byte[] conversation(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(8); i >= 0; i--) {
            out.writeBytes(frame(random).bytes());
        }
        byte[] bytes = out.toByteArray();
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
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
