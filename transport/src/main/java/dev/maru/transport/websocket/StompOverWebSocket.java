package dev.maru.transport.websocket;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * STOMP over a WebSocket: the engine's way to the client, and the client's to its session. Frames that come after the
 * end are dropped.
 *
 * <p>Confined to its connection's event loop.
 */
final class StompOverWebSocket implements Speech, Connection, SessionFrames {
    private final WebSocketConnection connection;
    private final ConnectionSettings settings;
    private final Handshake handshake;
    private final MessageReader messages;

    private @Nullable WireFormat format;
    private @Nullable StompSession session;

    StompOverWebSocket(WebSocketConnection connection, ConnectionSettings settings, Handshake handshake) {
        this.connection = connection;
        this.settings = settings;
        this.handshake = handshake;
        this.messages = settings.framing().reader(settings.stompLimits(), settings.maxFrameBytes(), this);
    }

    @Override
    public void open() {
        session = settings.sessions().open(this, handshake);
    }

    @Override
    public void onActivity() {
        if (session != null) {
            session.onActivity();
        }
    }

    @Override
    public void onMessage(boolean text) {}

    @Override
    public @Nullable Violation onPart(ByteBuf part, boolean endOfMessage) {
        return messages.read(part, endOfMessage);
    }

    @Override
    public void onViolation(Violation violation) {
        if (session != null) {
            session.onFault(violation.fault(), violation.detail(), null);
        }
    }

    @Override
    public void onSent() {
        if (session != null) {
            session.onSent();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        messages.close();
        if (session != null) {
            session.onClosed(reason);
        }
    }

    @Override
    public @Nullable StompSession listening() {
        return connection.over() ? null : session;
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
        format = format == null ? formatFor(StompVersion.V1_2) : format;
        return format;
    }

    private WireFormat formatFor(StompVersion version) {
        return connection.compressed(settings.framing().format(version));
    }

    @Override
    public void speak(StompVersion spoken) {
        format = formatFor(spoken);
        messages.version(spoken);
    }

    @Override
    public void write(ByteBuf bytes) {
        connection.write(bytes);
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public long unsentBytes() {
        return connection.unsentBytes();
    }

    @Override
    public void reading(boolean on) {
        connection.reading(on);
    }

    @Override
    public void close(CloseReason reason) {
        connection.close(reason);
    }

    @Override
    public void close(CloseReason reason, int comeBackMillis) {
        connection.close(reason, comeBackMillis);
    }
}
