package dev.maru.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompEncoder;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompHeaders;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A client and its connection in one: frames go straight into the engine, and what it writes is decoded again. */
final class TestClient implements Connection, StompFrameListener {
    private static final StompLimits GENEROUS = new StompLimits(1 << 24, 64, 1 << 16);

    /** A frame from the server with its body as text. */
    record Received(StompCommand command, StompHeaders headers, String body) {
        @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    private final EventExecutor executor;
    private volatile StompSession session;
    private final StompDecoder decoder = StompDecoder.forServerFrames(GENEROUS, this);
    private final List<ByteBuf> written = new CopyOnWriteArrayList<>();
    private volatile StompVersion version = StompVersion.V1_2;
    private volatile boolean stuck;
    private volatile boolean reading = true;
    private final AtomicLong unsent = new AtomicLong();
    private volatile @Nullable CloseReason closed;
    private volatile int comeBack = -1;
    private final AtomicInteger heartBeats = new AtomicInteger();

    /** All frames that have reached the client. */
    final List<Received> received = new CopyOnWriteArrayList<>();

    TestClient(Engine engine, EventExecutor executor) {
        this.executor = executor;
        Handshake handshake =
                new Handshake("/ws", Map.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "test");
        settle(() -> session = engine.open(this, handshake));
    }

    /** Sends a frame whose headers are alternating names and values. */
    TestClient send(StompCommand command, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        executor.execute(() -> {
            if (closed == null) {
                session.onActivity();
                session.onFrame(new StompFrame(command, StompHeaders.of(headers), Unpooled.wrappedBuffer(bytes)));
            }
        });
        return this;
    }

    TestClient connect() {
        send(StompCommand.CONNECT, "", "accept-version", "1.2", "host", "x", "heart-beat", "0,0");
        awaitFrame(StompCommand.CONNECTED);
        return this;
    }

    Received awaitFrame(StompCommand command) {
        return awaitFrames(command, 1).getFirst();
    }

    List<Received> awaitFrames(StompCommand command, int count) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> frames(command).size() >= count);
        assertThat(frames(command)).hasSize(count);
        return frames(command);
    }

    List<Received> frames(StompCommand command) {
        return received.stream().filter(frame -> frame.command() == command).toList();
    }

    /** Runs the action on the event loop and waits for it. */
    void settle(Runnable action) {
        executor.submit(action).syncUninterruptibly();
    }

    /** As if the socket took nothing any more, or everything again. */
    void stuck(boolean on) {
        executor.submit(() -> {
                    stuck = on;
                    if (!on && closed == null) {
                        flush();
                    }
                })
                .syncUninterruptibly();
    }

    void drop(CloseReason reason) {
        settle(() -> end(reason));
    }

    @Nullable CloseReason closed() {
        return closed;
    }

    boolean isReading() {
        return reading;
    }

    int heartBeats() {
        return heartBeats.get();
    }

    private void end(CloseReason reason) {
        if (closed == null) {
            closed = reason;
            written.forEach(ByteBuf::release);
            written.clear();
            session.onClosed(reason);
        }
    }

    @Override
    public EventExecutor executor() {
        return executor;
    }

    @Override
    public ByteBufAllocator allocator() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public WireFormat wireFormat() {
        return new PlainFormat(version);
    }

    @Override
    public void speak(StompVersion agreed) {
        version = agreed;
        decoder.version(agreed);
    }

    @Override
    public void write(ByteBuf bytes) {
        unsent.addAndGet(bytes.readableBytes());
        written.add(bytes);
    }

    @Override
    public void flush() {
        if (!stuck && !written.isEmpty()) {
            List<ByteBuf> leaving = List.copyOf(written);
            written.clear();
            unsent.set(0);
            leaving.forEach(decoder::decode);
            session.onSent();
        }
    }

    @Override
    public long unsentBytes() {
        return unsent.get();
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    @Override
    public void close(CloseReason reason) {
        executor.execute(() -> end(reason));
    }

    @Override
    public void close(CloseReason reason, int comeBackMillis) {
        comeBack = comeBackMillis;
        close(reason);
    }

    /** When the server asked it to come back, in milliseconds; -1 if it did not. */
    int comeBack() {
        return comeBack;
    }

    @Override
    public void onFrame(StompFrame frame) {
        try (frame) {
            received.add(
                    new Received(frame.command(), frame.headers(), frame.body().toString(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void onHeartBeat() {
        heartBeats.incrementAndGet();
    }

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        throw new AssertionError("the engine wrote no valid frame: " + fault + ", " + detail);
    }

    /** STOMP without anything around it. */
    private record PlainFormat(StompVersion version) implements WireFormat {
        @Override
        public Object key() {
            return version;
        }

        @Override
        public void encode(ServerFrame frame, ByteBuf out) {
            StompEncoder.encode(version, frame.command(), frame.headers(), frame.body(), out);
        }

        @Override
        public void encodeHeartBeat(ByteBuf out) {
            out.writeByte('\n');
        }

        @Override
        public int weight(ServerFrame frame) {
            return StompEncoder.maxEncodedLength(frame.command(), frame.headers(), frame.body());
        }
    }
}
