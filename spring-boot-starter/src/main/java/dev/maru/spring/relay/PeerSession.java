package dev.maru.spring.relay;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.spring.socket.HandshakeView;
import dev.maru.transport.conversation.Peer;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A client of Maru's transport as Spring's STOMP support sees it. Sending never waits: what a client does not take piles
 * up to a limit, and past it the connection ends, because another broker's messages cannot be caught up here.
 *
 * <p>Safe for any thread.
 */
final class PeerSession implements WebSocketSession {
    private static final CloseStatus NOT_RELIABLE = CloseStatus.SESSION_NOT_RELIABLE;

    private final String id = UUID.randomUUID().toString();
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final AtomicLong handedOver = new AtomicLong();
    private final Peer peer;
    private final EventExecutor executor;
    private final Handshake handshake;
    private final long mostUnsent;
    private volatile boolean open = true;

    /** @param mostUnsent bytes that may wait for the client */
    PeerSession(Peer peer, Handshake handshake, long mostUnsent) {
        this.peer = peer;
        this.executor = peer.executor();
        this.handshake = handshake;
        this.mostUnsent = mostUnsent;
        this.attributes.putAll(handshake.attributes());
    }

    @Override
    public void sendMessage(WebSocketMessage<?> message) {
        handedOver.addAndGet(message.getPayloadLength());
        later(() -> {
            long waiting = peer.unsentBytes() + handedOver.addAndGet(-message.getPayloadLength());
            if (waiting > mostUnsent) {
                closeNow(new CloseStatus(CloseReason.SLOW_CONSUMER.code()));
            } else if (open) {
                sendNow(message);
            }
        });
    }

    private void sendNow(WebSocketMessage<?> message) {
        switch (message) {
            case TextMessage text -> peer.sendText(text.getPayload());
            case BinaryMessage binary -> {
                ByteBuffer payload = binary.getPayload().duplicate();
                byte[] bytes = new byte[payload.remaining()];
                payload.get(bytes);
                peer.sendBinary(bytes);
            }
            default -> throw new IllegalArgumentException("neither text nor bytes: " + message);
        }
    }

    /** The client is gone. */
    void over() {
        open = false;
    }

    @Override
    public void close() {
        close(CloseStatus.NORMAL);
    }

    @Override
    public void close(CloseStatus status) {
        later(() -> closeNow(status));
    }

    private void closeNow(CloseStatus status) {
        open = false;
        // Others are not for applications to send (RFC 6455, 7.4.2).
        boolean mayBeSent = status.getCode() == CloseStatus.NORMAL.getCode() || status.getCode() >= 3000;
        CloseStatus sent = mayBeSent ? status : NOT_RELIABLE;
        peer.close(sent.getCode(), "");
    }

    private void later(Runnable action) {
        try {
            executor.execute(action);
        } catch (RejectedExecutionException ended) {
            open = false;
        }
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public URI getUri() {
        return HandshakeView.uri(handshake);
    }

    @Override
    public HttpHeaders getHandshakeHeaders() {
        return HandshakeView.headers(handshake);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public @Nullable Principal getPrincipal() {
        return handshake.user();
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return HandshakeView.remoteAddress(handshake);
    }

    @Override
    public @Nullable String getAcceptedProtocol() {
        return null;
    }

    @Override
    public void setTextMessageSizeLimit(int messageSizeLimit) {}

    @Override
    public int getTextMessageSizeLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void setBinaryMessageSizeLimit(int messageSizeLimit) {}

    @Override
    public int getBinaryMessageSizeLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public List<WebSocketExtension> getExtensions() {
        return List.of();
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
