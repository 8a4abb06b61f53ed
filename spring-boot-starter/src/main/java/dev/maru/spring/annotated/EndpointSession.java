package dev.maru.spring.annotated;

import dev.maru.spring.socket.HandshakeView;
import dev.maru.spring.socket.SocketSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A session as annotated classes know it. What belongs to containers, and what methods with annotations stand for, it
 * does not have, and says so.
 *
 * <p>Safe for any thread; see {@link SocketSession} for what becomes of messages.
 */
final class EndpointSession implements Session {
    private final SocketSession session;
    private final Map<String, String> pathParameters;
    private final Set<? extends Session> siblings;
    private final BasicRemote basic;
    private final AsyncRemote async;

    EndpointSession(SocketSession session, Map<String, String> pathParameters, Set<? extends Session> siblings) {
        this.session = session;
        this.pathParameters = Map.copyOf(pathParameters);
        this.siblings = siblings;
        this.basic = new BasicRemote(session);
        this.async = new AsyncRemote(session, this);
    }

    @Override
    public String getId() {
        return session.id();
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public RemoteEndpoint.Basic getBasicRemote() {
        return basic;
    }

    @Override
    public RemoteEndpoint.Async getAsyncRemote() {
        return async;
    }

    @Override
    public Map<String, Object> getUserProperties() {
        return session.attributes();
    }

    @Override
    public Map<String, String> getPathParameters() {
        return pathParameters;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return session.handshake().user();
    }

    /** Those of this endpoint. */
    @Override
    public Set<Session> getOpenSessions() {
        return Collections.unmodifiableSet(siblings);
    }

    @Override
    public void close() {
        close(new CloseReason(CloseCodes.NORMAL_CLOSURE, ""));
    }

    @Override
    public void close(CloseReason reason) {
        session.close(reason.getCloseCode().getCode(), Objects.requireNonNullElse(reason.getReasonPhrase(), ""));
    }

    @Override
    public URI getRequestURI() {
        return HandshakeView.uri(session.handshake());
    }

    @Override
    public @Nullable String getQueryString() {
        return session.handshake().query();
    }

    @Override
    public Map<String, List<String>> getRequestParameterMap() {
        MultiValueMap<String, String> parameters =
                UriComponentsBuilder.fromUri(getRequestURI()).build().getQueryParams();
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public String getProtocolVersion() {
        return "13";
    }

    @Override
    public String getNegotiatedSubprotocol() {
        return "";
    }

    @Override
    public List<Extension> getNegotiatedExtensions() {
        return List.of();
    }

    /** What a client says of its way here is no proof of it. */
    @Override
    public boolean isSecure() {
        throw missing("isSecure");
    }

    /** Zero: for ever. */
    @Override
    public long getMaxIdleTimeout() {
        return 0;
    }

    @Override
    public void setMaxIdleTimeout(long milliseconds) {
        if (milliseconds > 0) {
            throw missing("setMaxIdleTimeout");
        }
    }

    @Override
    public void setMaxTextMessageBufferSize(int length) {
        session.setTextLimit(length);
    }

    @Override
    public int getMaxTextMessageBufferSize() {
        return session.textLimit();
    }

    @Override
    public void setMaxBinaryMessageBufferSize(int length) {
        session.setBinaryLimit(length);
    }

    @Override
    public int getMaxBinaryMessageBufferSize() {
        return session.binaryLimit();
    }

    @Override
    public WebSocketContainer getContainer() {
        throw missing("getContainer");
    }

    @Override
    public Set<MessageHandler> getMessageHandlers() {
        return Set.of();
    }

    @Override
    public void addMessageHandler(MessageHandler handler) {
        throw missing("addMessageHandler");
    }

    @Override
    public <T> void addMessageHandler(Class<T> type, MessageHandler.Whole<T> handler) {
        throw missing("addMessageHandler");
    }

    @Override
    public <T> void addMessageHandler(Class<T> type, MessageHandler.Partial<T> handler) {
        throw missing("addMessageHandler");
    }

    @Override
    public void removeMessageHandler(MessageHandler handler) {
        throw missing("removeMessageHandler");
    }

    private static UnsupportedOperationException missing(String what) {
        return new UnsupportedOperationException("Maru's sessions do not have " + what);
    }
}
