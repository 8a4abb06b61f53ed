package dev.maru.transport.http;

import dev.maru.transport.websocket.SessionOpener;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link WebSocketTransport} is made of.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param sessions opens the session of each connection
 * @param endpoints where clients connect
 * @param policy who may connect
 * @param connectionsPerAddress the most connections from one address at a time; past it the answer is 429. Loopback is
 *     exempt
 * @param handshakeTimeout how long the head of a request may take to arrive, and then how long the policy may take
 * @param requestTimeout how long the rest of a request may take, and how long a connection may wait for the next one
 * @param stallTimeout after how long without progress a client is given up that does not read its response or its
 *     stream of events; twice as long at most
 * @param compressionThreshold WebSocket messages from this many bytes on are compressed for clients that understand it
 *     (RFC 7692), and theirs are understood; zero for no compression
 */
public record TransportSettings(
        SessionOpener sessions,
        List<WebSocketEndpoint> endpoints,
        HandshakePolicy policy,
        int connectionsPerAddress,
        Duration handshakeTimeout,
        Duration requestTimeout,
        Duration stallTimeout,
        int compressionThreshold) {
    private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofSeconds(30);
    private static final int DEFAULT_COMPRESSION_THRESHOLD = 1024;

    public TransportSettings {
        endpoints = List.copyOf(endpoints);
        if (compressionThreshold < 0) {
            throw new IllegalArgumentException("compressionThreshold must not be negative: " + compressionThreshold);
        }
        if (!stallTimeout.isPositive()) {
            throw new IllegalArgumentException("stallTimeout must be positive: " + stallTimeout);
        }
        if (connectionsPerAddress < 1) {
            throw new IllegalArgumentException("connectionsPerAddress must be positive: " + connectionsPerAddress);
        }
    }

    /** Everybody may connect, 1,000 times from one address; 10 s for a handshake, 60 s for a request. */
    public static TransportSettings of(SessionOpener sessions, WebSocketEndpoint... endpoints) {
        return new TransportSettings(
                sessions,
                List.of(endpoints),
                HandshakePolicy.EVERYBODY,
                AddressLimit.DEFAULT_CONNECTIONS,
                DEFAULT_HANDSHAKE_TIMEOUT,
                DEFAULT_REQUEST_TIMEOUT,
                DEFAULT_STALL_TIMEOUT,
                DEFAULT_COMPRESSION_THRESHOLD);
    }

    /** The same with another policy. */
    public TransportSettings withPolicy(HandshakePolicy other) {
        return new TransportSettings(
                sessions,
                endpoints,
                other,
                connectionsPerAddress,
                handshakeTimeout,
                requestTimeout,
                stallTimeout,
                compressionThreshold);
    }

    /** The same with another limit for each address. */
    public TransportSettings withConnectionsPerAddress(int limit) {
        return new TransportSettings(
                sessions,
                endpoints,
                policy,
                limit,
                handshakeTimeout,
                requestTimeout,
                stallTimeout,
                compressionThreshold);
    }

    /** The same with another time for the head of a request and for the policy. */
    public TransportSettings withHandshakeTimeout(Duration timeout) {
        return new TransportSettings(
                sessions,
                endpoints,
                policy,
                connectionsPerAddress,
                timeout,
                requestTimeout,
                stallTimeout,
                compressionThreshold);
    }

    /** The same with another time for a request and between two. */
    public TransportSettings withRequestTimeout(Duration timeout) {
        return new TransportSettings(
                sessions,
                endpoints,
                policy,
                connectionsPerAddress,
                handshakeTimeout,
                timeout,
                stallTimeout,
                compressionThreshold);
    }

    /** The same with another time for a client that does not read. */
    public TransportSettings withStallTimeout(Duration timeout) {
        return new TransportSettings(
                sessions,
                endpoints,
                policy,
                connectionsPerAddress,
                handshakeTimeout,
                requestTimeout,
                timeout,
                compressionThreshold);
    }

    /** The same with messages compressed from another size on, or not at all. */
    public TransportSettings withCompressionThreshold(int bytes) {
        return new TransportSettings(
                sessions,
                endpoints,
                policy,
                connectionsPerAddress,
                handshakeTimeout,
                requestTimeout,
                stallTimeout,
                bytes);
    }
}
