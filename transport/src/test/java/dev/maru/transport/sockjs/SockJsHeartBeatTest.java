package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.websocket.ConnectionSettings;
import dev.maru.transport.websocket.Deflate;
import dev.maru.transport.websocket.RecordingSession;
import dev.maru.transport.websocket.RecordingSessions;
import dev.maru.transport.websocket.ServerFrames;
import dev.maru.transport.websocket.WebSocketConnection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SockJsHeartBeatTest {
    private final RecordingSessions sessions = new RecordingSessions();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private RecordingSession session;

    @BeforeEach
    void open() throws InterruptedException {
        channel.freezeTime();
        WebSocketConnection connection = new WebSocketConnection(
                channel,
                new ConnectionSettings(sessions, new SockJsFraming(), StompLimits.DEFAULT, 1000),
                new Handshake("/ws/0/0/websocket", Map.of(), channel.remoteAddress(), "sockjs-websocket"),
                Deflate.NONE);
        channel.pipeline().addLast(connection);
        connection.open();
        session = sessions.next();
        assertThat(sent()).containsExactly("text o");
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void beatsEveryTwentyFiveSeconds() {
        pass(24_999);
        assertThat(sent()).isEmpty();
        pass(1);
        assertThat(sent()).containsExactly("text h");
        pass(25_000);
        assertThat(sent()).containsExactly("text h");
    }

    @Test
    void beatsNoMoreAfterTheEnd() {
        session.connection().close(CloseReason.DISCONNECTED);
        assertThat(sent()).containsExactly("text c[1000,\"disconnected\"]", "close 1000 disconnected");
        pass(25_000);

        assertThat(sent()).isEmpty();
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private List<String> sent() {
        ServerFrames frames = new ServerFrames();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            frames.add(bytes);
        }
        return frames.take();
    }
}
