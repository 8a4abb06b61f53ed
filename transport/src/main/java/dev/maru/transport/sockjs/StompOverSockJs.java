package dev.maru.transport.sockjs;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompDecoder;
import dev.maru.stomp.StompLimits;
import dev.maru.stomp.StompVersion;
import dev.maru.transport.text.BodyDecoder;
import dev.maru.transport.websocket.SessionFrames;
import dev.maru.transport.websocket.SessionOpener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The engine's way to a client over SockJS's HTTP transports. What arrives is a stream of bytes, however it was cut
 * into messages.
 *
 * <p>Confined to its session's event loop.
 */
final class StompOverSockJs implements Connection, SockJsApplication, SessionFrames {
    private final SockJsSession session;
    private final StompDecoder decoder;
    private SockJsHttpFormat format = new SockJsHttpFormat(StompVersion.V1_2);
    private @Nullable StompSession stomp;

    StompOverSockJs(SockJsSession session, StompLimits limits) {
        this.session = session;
        this.decoder = new StompDecoder(limits, new BodyDecoder(this));
    }

    StompOverSockJs open(SessionOpener sessions, Handshake handshake) {
        stomp = sessions.open(this, handshake);
        return this;
    }

    // What the client does.

    @Override
    public void onMessage(String message) {
        decoder.decode(Unpooled.wrappedBuffer(SockJsMessages.utf8(message)));
    }

    @Override
    public void onActivity() {
        if (stomp != null) {
            stomp.onActivity();
        }
    }

    @Override
    public void onSent() {
        if (stomp != null && session.isOpen()) {
            stomp.onSent();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        decoder.close();
        if (stomp != null) {
            stomp.onClosed(reason);
        }
    }

    @Override
    public @Nullable StompSession listening() {
        return session.isOpen() ? stomp : null;
    }

    // What the engine does.

    @Override
    public EventExecutor executor() {
        return session.executor();
    }

    @Override
    public ByteBufAllocator allocator() {
        return session.allocator();
    }

    @Override
    public WireFormat wireFormat() {
        return format;
    }

    @Override
    public void speak(StompVersion spoken) {
        format = new SockJsHttpFormat(spoken);
        decoder.version(spoken);
    }

    @Override
    public void write(ByteBuf bytes) {
        session.write(bytes);
    }

    @Override
    public void flush() {
        session.flush();
    }

    @Override
    public long unsentBytes() {
        return session.unsentBytes();
    }

    @Override
    public void reading(boolean on) {
        session.reading(on);
    }

    @Override
    public void close(CloseReason reason) {
        session.close(reason.code(), reason.text(), reason);
    }

    @Override
    public void close(CloseReason reason, int comeBackMillis) {
        session.close(reason.code(), reason.text(comeBackMillis), reason);
    }
}
