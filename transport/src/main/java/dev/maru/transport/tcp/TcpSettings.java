package dev.maru.transport.tcp;

import dev.maru.stomp.StompLimits;
import dev.maru.transport.http.AddressLimit;
import dev.maru.transport.websocket.SessionOpener;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TcpTransportServer} is made of.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param sessions opens the session of each connection
 * @param stompLimits bounds the frames of clients
 * @param addresses counts the connections of each address; past its limit a client is told so and let go
 * @param handshakeTimeout how long a TLS handshake may take
 * @param tls asked for each new connection, so that certificates can be exchanged; null for connections without TLS
 */
public record TcpSettings(
        SessionOpener sessions,
        StompLimits stompLimits,
        AddressLimit addresses,
        Duration handshakeTimeout,
        @Nullable Supplier<SslContext> tls) {
    private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** The default limits, no TLS. */
    public static TcpSettings of(SessionOpener sessions) {
        return new TcpSettings(
                sessions,
                StompLimits.DEFAULT,
                new AddressLimit(AddressLimit.DEFAULT_CONNECTIONS),
                DEFAULT_HANDSHAKE_TIMEOUT,
                null);
    }

    /** The same with other limits for frames. */
    public TcpSettings withStompLimits(StompLimits limits) {
        return new TcpSettings(sessions, limits, addresses, handshakeTimeout, tls);
    }

    /** The same with another count of addresses. */
    public TcpSettings withAddresses(AddressLimit limit) {
        return new TcpSettings(sessions, stompLimits, limit, handshakeTimeout, tls);
    }

    /** The same with TLS. */
    public TcpSettings withTls(Supplier<SslContext> context) {
        return new TcpSettings(sessions, stompLimits, addresses, handshakeTimeout, context);
    }

    /** The same with another time for the TLS handshake. */
    public TcpSettings withHandshakeTimeout(Duration timeout) {
        return new TcpSettings(sessions, stompLimits, addresses, timeout, tls);
    }
}
