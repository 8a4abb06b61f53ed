package dev.maru.spring.socket;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What bounds a connection that an application's own handler serves. Every value must be positive.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param socketMessageSize Longest message of a client to a WebSocket handler; past it the connection is closed with 1009.
 * @param socketWaitingSize What may wait for a WebSocket handler before its client is not read from.
 * @param socketUnsentSize What may wait for a client of a WebSocket handler that reads too slowly, before it is closed
 *     with 4001.
 */
@ConfigurationProperties("maru.limits")
public record SocketLimits(
        @DefaultValue("64KB") DataSize socketMessageSize,
        @DefaultValue("256KB") DataSize socketWaitingSize,
        @DefaultValue("1MB") DataSize socketUnsentSize) {
    private static final int FOR_JSON = 3;

    public SocketLimits {
        if (socketMessageSize.toBytes() < 1 || socketWaitingSize.toBytes() < 1 || socketUnsentSize.toBytes() < 1) {
            throw new IllegalArgumentException("maru.limits.socket-* must be positive: " + socketMessageSize + ", "
                    + socketWaitingSize + ", " + socketUnsentSize);
        }
    }

    int messageBytes() {
        return Math.toIntExact(socketMessageSize.toBytes());
    }

    /** In SockJS framing a message is a JSON string, which is up to three times as long. */
    int sockJsFrameBytes() {
        return Math.multiplyExact(FOR_JSON, messageBytes());
    }
}
