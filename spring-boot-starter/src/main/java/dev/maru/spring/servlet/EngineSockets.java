package dev.maru.spring.servlet;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.session.SessionMessages;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AddressLimit;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.TransportSettings;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.messaging.support.ExecutorSubscribableChannel;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;
import org.springframework.web.socket.sockjs.transport.SockJsSession;

/**
 * Where Spring's WebSocket transport hands its clients over. It is a {@link SubProtocolWebSocketHandler} because that is
 * what Spring's registry of endpoints takes; of that class's work it does nothing: STOMP is the engine's.
 *
 * <p>Called on the container's threads, one call at a time for each client.
 */
final class EngineSockets extends SubProtocolWebSocketHandler implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSockets.class);
    private static final String CONNECTION = SocketConnection.class.getName();
    private static final int TEXT_LIMIT = 16 * 1024 + 256;
    private static final int LONGEST_REASON = 120;

    private final TransportSettings settings;
    private final AddressLimit addresses;
    private final StompLimits limits;
    private final EventExecutorGroup loops = new DefaultEventExecutorGroup(
            Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("maru-session", true));
    private final SessionTasks writers =
            new SessionTasks(new VirtualThreadTaskExecutor("maru-send-"), Integer.MAX_VALUE);

    /** @param addresses how many connections each address has */
    EngineSockets(TransportSettings settings, AddressLimit addresses, StompLimits limits) {
        super(new ExecutorSubscribableChannel(), new ExecutorSubscribableChannel());
        this.settings = settings;
        this.addresses = addresses;
        this.limits = limits;
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of("v12.stomp", "v11.stomp", "v10.stomp");
    }

    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession socket) {
        // Where the container collects messages, they may be as long as with Spring's own STOMP support.
        if (socket.getTextMessageSizeLimit() < TEXT_LIMIT) {
            socket.setTextMessageSizeLimit(TEXT_LIMIT);
        }
        SocketConnection connection = new SocketConnection(
                loops.next(),
                new SocketWriter(socket, writers),
                ReadingSwitch.of(socket, settings.stallTimeout()),
                limits);
        socket.getAttributes().put(CONNECTION, connection);
        Handshake handshake = handshake(socket);
        if (addresses.enter(handshake.remoteAddress())) {
            settings.policy()
                    .decide(handshake)
                    .whenComplete((decision, error) ->
                            connection.executor().execute(() -> admit(connection, handshake, decision, error)));
        } else {
            socket.getAttributes().remove(CONNECTION);
            connection.refuse(CloseStatus.POLICY_VIOLATION.withReason("too many connections"));
        }
    }

    private void admit(
            SocketConnection connection,
            Handshake handshake,
            @Nullable HandshakeDecision decision,
            @Nullable Throwable error) {
        switch (decision) {
            case HandshakeDecision.Accept accept ->
                connection.open(
                        settings.sessions(), accept.user() == null ? handshake : handshake.withUser(accept.user()));
            case HandshakeDecision.Refuse refused ->
                connection.refuse(CloseStatus.POLICY_VIOLATION.withReason(refused.detail()
                        .substring(0, Math.min(LONGEST_REASON, refused.detail().length()))));
            case null -> {
                LOG.warn("It could not be decided who may connect", error);
                connection.refuse(CloseStatus.SERVER_ERROR);
            }
        }
    }

    @Override
    public void handleMessage(WebSocketSession socket, WebSocketMessage<?> message) {
        if (socket.getAttributes().get(CONNECTION) instanceof SocketConnection connection) {
            connection.receive(message);
        }
    }

    @Override
    public void handleTransportError(WebSocketSession socket, Throwable exception) {
        LOG.debug("The connection of a client broke", exception);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession socket, CloseStatus status) {
        if (socket.getAttributes().remove(CONNECTION) instanceof SocketConnection connection) {
            addresses.leave(address(socket));
            connection.ended(CloseReason.fromClient(status.getCode()));
        }
    }

    @Override
    public void destroy() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static Handshake handshake(WebSocketSession socket) {
        Map<String, String> headers = new HashMap<>();
        socket.getHandshakeHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Map<String, Object> attributes = new HashMap<>(socket.getAttributes());
        attributes.remove(CONNECTION);
        Principal principal = socket.getPrincipal();
        SessionUser user = principal == null ? null : SessionMessages.adopt(attributes, principal);
        String path = socket.getUri() == null ? "" : socket.getUri().getPath();
        String transport = socket instanceof SockJsSession ? "sockjs" : "websocket";
        return new Handshake(path, headers, address(socket), transport).admitted(user, attributes);
    }

    /** Behind a proxy the container may not know it. */
    private static InetSocketAddress address(WebSocketSession socket) {
        return Objects.requireNonNullElseGet(socket.getRemoteAddress(), () -> new InetSocketAddress("0.0.0.0", 0));
    }
}
