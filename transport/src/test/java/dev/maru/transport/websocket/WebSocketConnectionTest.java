package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.stomp.StompLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketConnectionTest {
    private static final int MAX_FRAME_BYTES = 100_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    private final RecordingSessions sessions = new RecordingSessions();
    private final FlushCounter flushes = new FlushCounter();
    private EmbeddedChannel channel;
    private WebSocketConnection connection;
    private RecordingSession session;

    @BeforeEach
    void open() throws InterruptedException {
        create(sessions);
        connection.open();
        session = sessions.next();
    }

    @AfterEach
    void nothingIsLeftOver() {
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void handsFramesToTheSessionHoweverMessagesAreCut() {
        receive(
                ClientFrame.text("SEND\ndestination:/a\n\none\0SEND\ndestination:/a\n\ntwo\0"),
                ClientFrame.text("\n"),
                ClientFrame.firstPart("SEND\ndest"),
                ClientFrame.lastPart("ination:/a\n\nth"),
                ClientFrame.binary("ree\0".getBytes(StandardCharsets.UTF_8)));

        assertThat(session.heard()).containsExactly("SEND one", "SEND two", "heart-beat", "SEND three");
        assertThat(session.activities()).isEqualTo(1);
    }

    @Test
    void takesWhatArrivedBeforeItWasOpen() throws InterruptedException {
        create(sessions);
        receive(ClientFrame.text("SEND\n\nearly\0"));
        receive(ClientFrame.text("SEND\n\nbird\0"));
        connection.open();
        session = sessions.next();

        assertThat(session.heard()).containsExactly("SEND early", "SEND bird");
    }

    @Test
    void answersAPing() {
        receive(ClientFrame.ping("are you there?"));

        assertThat(sent()).containsExactly("pong are you there?");
    }

    @Test
    void leavesPingsUnansweredWhileTheClientDoesNotRead() {
        session.connection().write(Unpooled.wrappedBuffer(new byte[100_000]));
        receive(ClientFrame.ping("and now?"));
        session.connection().flush();

        assertThat(channel.<ByteBuf>readOutbound().readableBytes()).isEqualTo(100_000);
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }

    @Test
    void flushesOnceForAllThatWasWrittenWhileReading() {
        session.whenFrame(frame -> {
            session.message("answer");
            session.connection().flush();
        });
        flushes.count = 0;
        receive(ClientFrame.text("SEND\n\na\0"), ClientFrame.text("SEND\n\nb\0"), ClientFrame.ping("c"));

        assertThat(flushes.count).isEqualTo(1);
        assertThat(sent()).hasSize(3);
    }

    @Test
    void flushesNothingForNothing() {
        flushes.count = 0;
        session.connection().flush();
        session.connection().flush();

        assertThat(flushes.count).isZero();
    }

    @Test
    void saysThatABacklogIsGoneWithinTheFlushIfItWasSeen() {
        session.message("seen");
        assertThat(session.connection().unsentBytes()).isPositive();
        session.connection().flush();
        assertThat(session.connection().unsentBytes()).isZero();
        assertThat(session.sent()).isEqualTo(1);

        session.message("not seen");
        session.connection().flush();
        assertThat(session.sent()).isEqualTo(1);
    }

    @Test
    void letsTheSessionWriteAndFlushFromWithinOnSent() {
        session.whenSent(() -> {
            if (session.sent() < 1000) {
                session.message("more");
                assertThat(session.connection().unsentBytes()).isPositive();
                session.connection().flush();
            }
        });
        session.message("first");
        assertThat(session.connection().unsentBytes()).isPositive();
        session.connection().flush();

        assertThat(sent()).hasSize(1000);
        assertThat(session.connection().unsentBytes()).isZero();
    }

    @Test
    void echoesTheClientsCloseCodeAndCloses() {
        receive(ClientFrame.close(1000), ClientFrame.text("SEND\n\nlate\0"));

        assertThat(session.heard()).containsExactly("closed CLIENT_CLOSED");
        assertThat(sent()).containsExactly("close 1000 ");
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void tellsWhyTheClientLeft() throws InterruptedException {
        assertThat(reasonAfter(ClientFrame.close())).isEqualTo("closed CLIENT_CLOSED");
        assertThat(reasonAfter(ClientFrame.close(1001))).isEqualTo("closed CLIENT_WENT_AWAY");
        assertThat(reasonAfter(ClientFrame.close(1011))).isEqualTo("closed CONNECTION_LOST");
        assertThat(reasonAfter(ClientFrame.close(4000))).isEqualTo("closed CONNECTION_LOST");
    }

    @Test
    void tellsOnceThatTheConnectionWasLost() {
        channel.close();

        assertThat(session.heard()).containsExactly("closed CONNECTION_LOST");
    }

    @Test
    void closesAfterEverythingWrittenAndWaitsForTheClientsCloseFrame() {
        session.message("last words");
        session.connection().close(CloseReason.DISCONNECTED);
        channel.runPendingTasks();

        assertThat(session.heard()).containsExactly("closed DISCONNECTED");
        List<String> sent = sent();
        assertThat(sent).hasSize(2).last().isEqualTo("close 1000 disconnected");
        assertThat(channel.isActive()).isTrue();

        receive(ClientFrame.close(1000));
        assertThat(channel.isActive()).isFalse();
        assertThat(session.heard()).containsExactly("closed DISCONNECTED");
    }

    @Test
    void waitsForTheClientsCloseFrameTwoSecondsAtMost() {
        session.connection().close(CloseReason.DISCONNECTED);
        channel.runPendingTasks();

        channel.advanceTimeBy(1_999, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isTrue();

        channel.advanceTimeBy(2, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void closesOnlyOnce() {
        session.connection().close(CloseReason.REFUSED);
        session.connection().close(CloseReason.SERVER_SHUTDOWN);
        receive(ClientFrame.close(1000));

        assertThat(session.heard()).containsExactly("closed REFUSED");
        assertThat(sent()).containsExactly("close 1008 refused");
    }

    @Test
    void discardsWhatComesAfterTheEndUpToEightMebibytes() {
        session.connection().close(CloseReason.REFUSED);
        channel.runPendingTasks();
        byte[] chunk = ClientFrame.text("SEND\n\n" + "x".repeat(65_000) + "\0").bytes();
        int fits = 8 * 1024 * 1024 / chunk.length;
        for (int i = 0; i < fits; i++) {
            channel.writeInbound(Unpooled.wrappedBuffer(chunk.clone()));
        }
        assertThat(channel.isActive()).isTrue();
        channel.writeInbound(Unpooled.wrappedBuffer(chunk.clone()));

        assertThat(channel.isActive()).isFalse();
        assertThat(session.heard()).containsExactly("closed REFUSED");
        assertThat(session.activities()).isZero();
    }

    @Test
    void readsAgainWhenItClosesSoThatTheEndIsSeen() {
        session.connection().reading(false);
        assertThat(channel.config().isAutoRead()).isFalse();
        session.connection().close(CloseReason.REFUSED);

        assertThat(channel.config().isAutoRead()).isTrue();
        session.connection().reading(false);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void dropsFramesBehindTheOneThatEndedTheSession() {
        session.whenFrame(frame -> session.connection().close(CloseReason.DISCONNECTED));
        receive(ClientFrame.text("SEND\n\nfirst\0SEND\n\nsecond\0\n"), ClientFrame.text("SEND\n\nthird\0"));

        assertThat(session.heard()).containsExactly("SEND first", "closed DISCONNECTED");
    }

    @Test
    void dropsWhatIsWrittenAfterTheEnd() {
        session.connection().close(CloseReason.DISCONNECTED);
        session.message("late");
        session.connection().flush();
        channel.runPendingTasks();

        assertThat(sent()).containsExactly("close 1000 disconnected");
    }

    @Test
    void tellsAClientWithAnErrorAndACloseCodeWhatItBroke() throws InterruptedException {
        assertThat(sentAfter(ClientFrame.part("out of order").bytes()))
                .containsExactly("MALFORMED_FRAME", "close 1002 protocol-fault");
        assertThat(sentAfter(ClientFrame.of(0x81, new byte[] {(byte) 0xFF}).bytes()))
                .containsExactly("MALFORMED_FRAME", "close 1007 protocol-fault");
        assertThat(sentAfter(Arrays.copyOf(
                        ClientFrame.text("x".repeat(MAX_FRAME_BYTES + 1)).bytes(), 10)))
                .containsExactly("FRAME_TOO_LARGE", "close 1009 protocol-fault");
        assertThat(sentAfter(ClientFrame.text("NONSENSE\n\n\0").bytes()))
                .containsExactly("UNKNOWN_COMMAND", "close 1002 protocol-fault");
    }

    @Test
    void hearsNothingMoreAfterAViolation() {
        receive(ClientFrame.part("out of order"), ClientFrame.text("SEND\n\nlate\0"), ClientFrame.close(1000));

        assertThat(session.heard()).containsExactly("fault MALFORMED_FRAME", "closed PROTOCOL_FAULT");
    }

    @Test
    void endsQuietlyWhenTheSocketFails() {
        channel.pipeline().fireExceptionCaught(new IOException("reset by peer"));

        assertThat(session.heard()).containsExactly("closed CONNECTION_LOST");
        assertThat(sent()).isEmpty();
    }

    @Test
    void endsWithAnErrorWhenTheServerFails() {
        session.whenFrame(frame -> {
            throw new IllegalStateException("made to fail by the test");
        });
        receive(ClientFrame.text("SEND\n\na\0"));

        assertThat(session.heard()).containsExactly("SEND a", "closed SERVER_ERROR");
        assertThat(sent()).containsExactly("close 1011 server-error");
    }

    @Test
    void closesWhenNoSessionCanBeOpened() {
        create((connection, handshake) -> {
            throw new IllegalStateException("made to fail by the test");
        });
        connection.open();

        assertThat(sent()).containsExactly("close 1011 server-error");
    }

    private String reasonAfter(ClientFrame frame) throws InterruptedException {
        open();
        receive(frame);
        return String.join(", ", session.heard());
    }

    /** The ERROR's text and the close frame. */
    private List<String> sentAfter(byte[] bytes) throws InterruptedException {
        open();
        channel.writeInbound(allocator.buffer().writeBytes(bytes));
        channel.runPendingTasks();
        return sent().stream()
                .map(frame -> frame.startsWith("text") ? frame.replaceAll("(?s).*fault |\0", "") : frame)
                .toList();
    }

    private void create(SessionOpener opener) {
        if (channel != null) {
            channel.finishAndReleaseAll();
        }
        channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.config().setAllocator(allocator);
        connection = new WebSocketConnection(
                channel,
                new ConnectionSettings(opener, new PlainFraming(), StompLimits.DEFAULT, MAX_FRAME_BYTES),
                new Handshake("/ws", Map.of(), channel.remoteAddress(), "websocket"),
                Deflate.NONE);
        channel.pipeline().addLast(flushes, connection);
    }

    private void receive(ClientFrame... frames) {
        ByteBuf bytes = allocator.buffer();
        for (ClientFrame frame : frames) {
            bytes.writeBytes(frame.bytes());
        }
        channel.writeInbound(bytes);
        channel.runPendingTasks();
    }

    private List<String> sent() {
        ServerFrames frames = new ServerFrames();
        ByteBuf bytes = channel.readOutbound();
        while (bytes != null) {
            frames.add(bytes);
            bytes = channel.readOutbound();
        }
        return frames.take();
    }

    /** Sharable because the test gives it to one channel after another. */
    @Sharable
    private static final class FlushCounter extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            count++;
            ctx.flush();
        }
    }
}
