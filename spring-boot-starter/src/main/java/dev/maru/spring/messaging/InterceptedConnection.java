package dev.maru.spring.messaging;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.ServerFrame;
import dev.maru.engine.wire.WireFormat;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompFault;
import dev.maru.stomp.StompFrame;
import dev.maru.stomp.StompFrameListener;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.tcp.StompTcpFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.MessageChannel;

/**
 * A connection with the interceptors of {@code clientOutboundChannel} in front. The session writes bare frames to it,
 * which are shared among receivers as ever; here they are read again, one by one, shown to the interceptors, and only
 * then encoded for the connection behind. What is with the interceptors counts as unsent.
 *
 * <p>Confined to its connection's event loop; the interceptors run on the threads of {@link SessionTasks}.
 */
final class InterceptedConnection implements Connection, StompFrameListener {
    private static final Logger LOG = LoggerFactory.getLogger(InterceptedConnection.class);

    /** What the session writes was bounded when it came; a frame may be longer by the headers that were added. */
    private static final StompLimits OWN_FRAMES = new StompLimits(Integer.MAX_VALUE - 8, 100_000, 16 * 1024 * 1024);

    private final Connection connection;
    private final SessionTasks tasks;
    private final MessageChannel channel;
    private final StompDecoder decoder = StompDecoder.forServerFrames(OWN_FRAMES, this);
    private WireFormat format = new StompTcpFormat(StompVersion.V1_2);
    private List<Runnable> steps = new ArrayList<>();
    private long intercepting;
    private int written;
    private @Nullable StompSession opened;
    private @Nullable Session session;

    InterceptedConnection(Connection connection, SessionTasks tasks, MessageChannel channel) {
        this.connection = connection;
        this.tasks = tasks;
        this.channel = channel;
    }

    /** The session that writes; known before it does. */
    void begin(StompSession writer, Session sameSession) {
        opened = writer;
        session = sameSession;
    }

    // What the decoder finds in what the session has written.

    @Override
    public void onFrame(StompFrame frame) {
        try (frame) {
            ServerFrame read = new ServerFrame(frame.command(), frame.headers(), ByteBufUtil.getBytes(frame.body()));
            steps.add(() -> show(OutgoingFrame.of(read)));
        }
    }

    @Override
    public void onHeartBeat() {
        steps.add(() -> show(OutgoingFrame.heartBeat()));
    }

    @Override
    public void onFault(StompFault fault, String detail, @Nullable String receipt) {
        LOG.error("A frame cannot be shown to interceptors: {}", detail);
        connection.close(CloseReason.SERVER_ERROR);
    }

    private void show(OutgoingFrame frame) {
        Session receiver = session;
        if (receiver == null) {
            return;
        }
        try {
            channel.send(frame.message(receiver));
        } catch (RuntimeException failure) {
            LOG.warn("An interceptor failed on what was for session {}", receiver.id(), failure);
        }
        List<ServerFrame> result = frame.passed();
        later(() -> result.forEach(this::pass));
    }

    private void pass(ServerFrame frame) {
        if (session == null || !session.isOpen()) {
            return;
        }
        WireFormat real = connection.wireFormat();
        ByteBuf bytes = allocator().ioBuffer(OutgoingFrame.isHeartBeat(frame) ? 1 : real.weight(frame));
        if (OutgoingFrame.isHeartBeat(frame)) {
            real.encodeHeartBeat(bytes);
        } else {
            real.encode(frame, bytes);
        }
        connection.write(bytes);
    }

    // What the session calls.

    @Override
    public void write(ByteBuf bytes) {
        written += bytes.readableBytes();
        intercepting += bytes.readableBytes();
        decoder.decode(bytes);
    }

    @Override
    public void flush() {
        if (!steps.isEmpty()) {
            List<Runnable> batch = steps;
            int bytes = written;
            steps = new ArrayList<>();
            written = 0;
            tasks.inTurn(this, () -> {
                batch.forEach(Runnable::run);
                later(() -> flushed(bytes));
            });
        }
    }

    private void flushed(int bytes) {
        connection.flush();
        intercepting -= bytes;
        if (opened != null && session != null && session.isOpen()) {
            opened.onSent();
        }
    }

    @Override
    public EventExecutor executor() {
        return connection.executor();
    }

    @Override
    public ByteBufAllocator allocator() {
        return connection.allocator();
    }

    @Override
    public WireFormat wireFormat() {
        return format;
    }

    @Override
    public void speak(StompVersion version) {
        connection.speak(version);
        format = new StompTcpFormat(version);
        decoder.version(version);
    }

    @Override
    public long unsentBytes() {
        return connection.unsentBytes() + intercepting;
    }

    @Override
    public void reading(boolean on) {
        connection.reading(on);
    }

    @Override
    public void failing(Fault fault, String detail) {
        steps.add(() -> later(() -> connection.failing(fault, detail)));
    }

    @Override
    public void close(CloseReason reason) {
        behindEverything(() -> connection.close(reason));
    }

    @Override
    public void close(CloseReason reason, int comeBackMillis) {
        behindEverything(() -> connection.close(reason, comeBackMillis));
    }

    private void behindEverything(Runnable end) {
        flush();
        tasks.inTurn(this, () -> later(end));
    }

    /** An event loop that has ended has ended its connections with it. */
    private void later(Runnable action) {
        try {
            connection.executor().execute(action);
        } catch (RejectedExecutionException ended) {
            LOG.debug("The event loop of a session has ended", ended);
        }
    }
}
