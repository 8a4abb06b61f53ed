package dev.maru.transport.server;

import dev.maru.engine.Engine;
import dev.maru.engine.history.InMemoryMessageLog;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.SessionLimits;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.SseEndpoint;
import dev.maru.transport.http.StreamEndpoints;
import dev.maru.transport.http.TransportSettings;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.http.WebSocketTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * An engine whose {@code /topic/kept/**} has a history of 100 messages, behind all that listens over HTTP.
 *
 * <p>Confined to one thread.
 */
final class StreamServer implements AutoCloseable {
    private static final int MEGABYTES = 4 * 1024 * 1024;
    private static final SessionLimits LIMITS = limits(SessionLimits.DEFAULT);

    private final InetSocketAddress address;
    private final Engine engine;
    private final WebSocketTransport transport;
    private final HttpTransportServer server;

    StreamServer(Engine.Builder builder) {
        this(builder, new InMemoryMessageLog(100, 10), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private StreamServer(Engine.Builder builder, InMemoryMessageLog log, InetSocketAddress address) {
        this.engine = builder.recoverable("/topic/kept/**", log).limits(LIMITS).build();
        this.transport = transport(engine);
        this.server = HttpTransportServer.start(transport, address);
        this.address = server.address();
    }

    private static WebSocketTransport transport(Engine engine) {
        StompLimits frames = new StompLimits(MEGABYTES, 64, 8192);
        WebSocketEndpoint stomp = WebSocketEndpoint.at("/ws").withSockJs().withLimits(frames, 2 * MEGABYTES);
        WebSocketEndpoint json = WebSocketEndpoint.at("/socket").withLimits(frames, 2 * MEGABYTES);
        SseEndpoint events = new SseEndpoint(List.of("/sse"), AllowedOrigins.of("https://friend.example.org"));
        return new WebSocketTransport(
                TransportSettings.of(engine::open, stomp), new StreamEndpoints(List.of(json), List.of(events)));
    }

    /** Smaller replays, and heart-beats that a test can wait for. */
    private static SessionLimits limits(SessionLimits d) {
        return new SessionLimits(
                d.subscriptions(),
                d.subscriptionIdBytes(),
                d.unansweredFrames(),
                d.unsentBytes(),
                d.unacknowledgedMessages(),
                d.transactions(),
                50,
                20,
                d.connectTimeout(),
                Duration.ofMillis(100),
                d.heartBeatReceive(),
                d.messageRate());
    }

    void stopAccepting() {
        transport.stopAccepting();
    }

    Engine engine() {
        return engine;
    }

    InetSocketAddress address() {
        return address;
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + address.getPort() + path);
    }

    /** Publishes and returns the position, or an empty text where there is none. */
    String publish(String destination, String body) {
        return engine.publish(destination, MessageContent.bytes(body.getBytes(StandardCharsets.UTF_8)))
                .toCompletableFuture()
                .join()
                .map(Object::toString)
                .orElse("");
    }

    @Override
    public void close() {
        engine.close();
        server.close();
    }
}
