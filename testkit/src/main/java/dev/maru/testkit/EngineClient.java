package dev.maru.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.maru.engine.Engine;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A client of an engine, without a socket between them.
 *
 * <p>What it got may be asked for on any thread.
 */
final class EngineClient implements Connection, StompFrameListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(2);
    private static final StompLimits GENEROUS = new StompLimits(1 << 24, 64, 1 << 16);

    private final EventExecutor executor;
    private final StompDecoder decoder = StompDecoder.forServerFrames(GENEROUS, this);
    private final List<ByteBuf> written = new ArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> receipts = new CopyOnWriteArrayList<>();
    private final StompSession session;
    private boolean closed;

    EngineClient(Engine engine, EventExecutor executor) {
        this(engine, executor, "");
    }

    /** @param login the name that it gives, or nothing */
    EngineClient(Engine engine, EventExecutor executor, String login) {
        this.executor = executor;
        Handshake handshake =
                new Handshake("/ws", Map.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "test");
        session = executor.submit(() -> engine.open(this, handshake))
                .syncUninterruptibly()
                .getNow();
        send(StompCommand.CONNECT, "accept-version", "1.2", "host", "x", "heart-beat", "0,0", "login", login);
    }

    /** Subscribes, and waits for the RECEIPT. */
    EngineClient subscribe(String destination) {
        send(StompCommand.SUBSCRIBE, "id", destination, "destination", destination, "receipt", destination);
        await().atMost(PATIENCE).pollInterval(POLL).until(() -> receipts.contains(destination));
        return this;
    }

    /** The bodies of the messages that came, in their order. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    private void send(StompCommand command, String... headers) {
        executor.execute(
                () -> session.onFrame(new StompFrame(command, StompHeaders.of(headers), Unpooled.EMPTY_BUFFER)));
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
        return PlainFormat.STOMP;
    }

    @Override
    public void speak(StompVersion version) {
        decoder.version(version);
    }

    @Override
    public void write(ByteBuf bytes) {
        written.add(bytes);
    }

    @Override
    public void flush() {
        List<ByteBuf> leaving = List.copyOf(written);
        written.clear();
        leaving.forEach(decoder::decode);
    }

    @Override
    public long unsentBytes() {
        return 0;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close(CloseReason reason) {
        executor.execute(() -> {
            if (!closed) {
                closed = true;
                written.forEach(ByteBuf::release);
                session.onClosed(reason);
            }
        });
    }

    @Override
    public void onFrame(StompFrame frame) {
        try (frame) {
            switch (frame.command()) {
                case MESSAGE -> messages.add(frame.body().toString(UTF_8));
                case RECEIPT -> receipts.add(frame.headers().get("receipt-id"));
                case ERROR -> throw new AssertionError("ERROR " + frame.headers());
                default -> {}
            }
        }
    }

    @Override
    public void onHeartBeat() {}

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        throw new AssertionError("the engine wrote no valid frame: " + fault + ", " + detail);
    }

    /** STOMP 1.2 without anything around it. */
    private enum PlainFormat implements WireFormat {
        STOMP;

        @Override
        public Object key() {
            return this;
        }

        @Override
        public void encode(ServerFrame frame, ByteBuf out) {
            StompEncoder.encode(StompVersion.V1_2, frame.command(), frame.headers(), frame.body(), out);
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
