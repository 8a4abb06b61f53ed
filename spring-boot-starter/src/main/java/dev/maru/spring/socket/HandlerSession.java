package dev.maru.spring.socket;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A session as Spring's handlers know it.
 *
 * <p>Safe for any thread: handlers need no {@code ConcurrentWebSocketSessionDecorator}, whose work is done here.
 */
final class HandlerSession implements WebSocketSession {
    private final SocketSession session;

    HandlerSession(SocketSession session) {
        this.session = session;
    }

    /** Never waits; see {@link SocketSession}. Pings are Maru's own business. */
    @Override
    public void sendMessage(WebSocketMessage<?> message) {
        switch (message) {
            case TextMessage text -> session.send(text.getPayload());
            case BinaryMessage binary -> session.send(binary.getPayload().duplicate());
            default ->
                throw new UnsupportedOperationException(
                        "Maru sends no " + message.getClass().getSimpleName() + " for applications");
        }
    }

    @Override
    public void close() {
        close(CloseStatus.NORMAL);
    }

    @Override
    public void close(CloseStatus status) {
        session.close(status.getCode(), Objects.requireNonNullElse(status.getReason(), ""));
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public String getId() {
        return session.id();
    }

    @Override
    public URI getUri() {
        return HandshakeView.uri(session.handshake());
    }

    @Override
    public HttpHeaders getHandshakeHeaders() {
        return HandshakeView.headers(session.handshake());
    }

    @Override
    public Map<String, Object> getAttributes() {
        return session.attributes();
    }

    @Override
    public @Nullable Principal getPrincipal() {
        return session.handshake().user();
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return HandshakeView.remoteAddress(session.handshake());
    }

    @Override
    public @Nullable String getAcceptedProtocol() {
        return null;
    }

    @Override
    public void setTextMessageSizeLimit(int messageSizeLimit) {
        session.setTextLimit(messageSizeLimit);
    }

    @Override
    public int getTextMessageSizeLimit() {
        return session.textLimit();
    }

    @Override
    public void setBinaryMessageSizeLimit(int messageSizeLimit) {
        session.setBinaryLimit(messageSizeLimit);
    }

    @Override
    public int getBinaryMessageSizeLimit() {
        return session.binaryLimit();
    }

    @Override
    public List<WebSocketExtension> getExtensions() {
        return List.of();
    }

    @Override
    public String toString() {
        return "HandlerSession[id=" + getId() + ", uri=" + session.handshake().path() + "]";
    }
}
