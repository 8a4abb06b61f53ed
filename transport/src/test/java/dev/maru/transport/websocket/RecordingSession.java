package dev.maru.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompHeaders;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A session that writes down what it hears, and closes its connection after a fault as the engine does.
 *
 * <p>Called on its connection's event loop; what it wrote down may be read by any thread.
 */
public final class RecordingSession implements StompSession {
    private final Connection connection;
    private final Handshake handshake;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger activities = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private volatile Consumer<StompFrame> onFrame = frame -> {};
    private volatile Runnable onSent = () -> {};

    RecordingSession(Connection connection, Handshake handshake) {
        this.connection = connection;
        this.handshake = handshake;
    }

    public Connection connection() {
        return connection;
    }

    public Handshake handshake() {
        return handshake;
    }

    /** {@code SEND body}, {@code heart-beat}, {@code fault F}, {@code closed R}, in order. */
    public List<String> heard() {
        return heard;
    }

    public int activities() {
        return activities.get();
    }

    public int sent() {
        return sent.get();
    }

    public void whenFrame(Consumer<StompFrame> action) {
        onFrame = action;
    }

    public void whenSent(Runnable action) {
        onSent = action;
    }

    public void awaitHeard(String... events) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(heard).containsExactly(events));
    }

    /** Runs on the connection's event loop. */
    public void run(Runnable action) {
        connection.executor().execute(action);
    }

    /** Writes a MESSAGE with this body; on the event loop only. */
    public void message(byte[] body) {
        ServerFrame frame = new ServerFrame(StompCommand.MESSAGE, StompHeaders.of("destination", "/topic/a"), body);
        ByteBuf bytes = connection.allocator().ioBuffer(connection.wireFormat().weight(frame));
        connection.wireFormat().encode(frame, bytes);
        connection.write(bytes);
    }

    public void message(String body) {
        message(body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onActivity() {
        activities.incrementAndGet();
    }

    @Override
    public void onFrame(StompFrame frame) {
        try (frame) {
            heard.add(frame.command() + " " + frame.body().toString(StandardCharsets.UTF_8));
            onFrame.accept(frame);
        }
    }

    @Override
    public void onHeartBeat() {
        heard.add("heart-beat");
    }

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        heard.add("fault " + fault);
        message("fault " + fault);
        connection.flush();
        connection.close(CloseReason.PROTOCOL_FAULT);
    }

    @Override
    public void onSent() {
        sent.incrementAndGet();
        onSent.run();
    }

    @Override
    public void onClosed(CloseReason reason) {
        heard.add("closed " + reason);
    }
}
