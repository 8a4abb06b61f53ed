package dev.maru.spring.sockjs;

import dev.maru.engine.Engine;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.spring.web.SockJsRoute;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.conversation.Peer;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.HandshakePolicy;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.http.WebSocketTransport;
import dev.maru.transport.sockjs.SockJsSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * The services that SockJS's own test suite expects, and STOMP, on Reactor Netty without Spring.
 *
 * <p>Safe for any thread.
 */
final class SockJsServer implements AutoCloseable {
    static final Duration DISCONNECT_DELAY = Duration.ofMillis(1500);
    private static final int STREAM_BYTES = 4096;
    private static final StompLimits FRAMES = new StompLimits(2 * 1024 * 1024, 64, 8192);

    final Engine engine = Engine.builder().build();
    final LinkedBlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    final Queue<Handshake> handshakes = new ConcurrentLinkedQueue<>();
    final LinkedBlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    final WebSocketTransport transport;
    private final LoopResources loops = LoopResources.create("sockjs-test", 2, true);
    private final DisposableServer server;

    SockJsServer() {
        this(SockJsSettings.DEFAULT.withLimits(STREAM_BYTES, 1000), HandshakePolicy.EVERYBODY);
    }

    SockJsServer(SockJsSettings base, HandshakePolicy policy) {
        this(base, policy, UnaryOperator.identity());
    }

    SockJsServer(SockJsSettings base, HandshakePolicy policy, UnaryOperator<TransportSettings> further) {
        SockJsSettings settings = base.withTimes(base.heartBeat(), DISCONNECT_DELAY);
        Conversations echo = (peer, handshake) -> new Echo(peer, handshake);
        transport = new WebSocketTransport(further.apply(TransportSettings.of(
                        engine::open,
                        conversation("/echo", echo, settings),
                        conversation("/close", (peer, handshake) -> goAway(peer), settings),
                        conversation("/disabled_websocket_echo", echo, settings.withWebSocket(false)),
                        conversation("/cookie_needed_echo", echo, settings.withCookieNeeded(true)),
                        WebSocketEndpoint.at("/private").withSockJs(settings).withConversations(echo),
                        WebSocketEndpoint.at("/ws", "/ws/chat")
                                .withSockJs(settings)
                                .withLimits(FRAMES, 2 * FRAMES.maxFrameBytes()))
                .withPolicy(policy)));
        server = HttpServer.create()
                .runOn(loops)
                .bindAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "maru-upgrade", transport.newHandler()))
                .route(routes -> new SockJsRoute(transport.sockJs()).apply(routes))
                .bindNow();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.address();
    }

    HttpSocket connect() throws java.io.IOException {
        return new HttpSocket(address());
    }

    @Override
    public void close() {
        engine.close();
        server.disposeNow();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
    }

    private static WebSocketEndpoint conversation(String path, Conversations spoken, SockJsSettings settings) {
        return WebSocketEndpoint.at(path)
                .withSockJs(settings)
                .withOrigins(AllowedOrigins.of("*"))
                .withConversations(spoken);
    }

    private static Conversation goAway(Peer peer) {
        peer.close(3000, "Go away!");
        return message -> {};
    }

    private final class Echo implements Conversation {
        private final Peer peer;

        private Echo(Peer peer, Handshake handshake) {
            this.peer = peer;
            handshakes.add(handshake);
            peers.add(peer);
        }

        @Override
        public void onText(String message) {
            peer.sendText(message);
        }

        @Override
        public void onClosed(CloseReason reason) {
            closed.add(reason);
        }
    }
}
