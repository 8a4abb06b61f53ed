package dev.maru.transport.sockjs;

import java.time.Duration;

/**
 * How SockJS is served at one base address (SockJS 0.3.4).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param heartBeat how often a client that is waiting gets an {@code h} frame; zero for never
 * @param disconnectDelay how long a session is remembered that has no receiving request
 * @param streamBytes after so many bytes a streaming response ends, and the client asks for the next one
 * @param maxSessions the most sessions over HTTP at a time, those that are only remembered among them
 * @param webSocket whether WebSockets are offered
 * @param cookieNeeded whether a load balancer needs to see a {@code JSESSIONID} cookie
 * @param clientLibraryUrl where the page inside the iframe transports finds the client's script; must be the version
 *     that the outer page uses
 */
public record SockJsSettings(
        Duration heartBeat,
        Duration disconnectDelay,
        int streamBytes,
        int maxSessions,
        boolean webSocket,
        boolean cookieNeeded,
        String clientLibraryUrl) {
    /** The values that the protocol suggests; 10,000 sessions, WebSockets, no cookie. */
    public static final SockJsSettings DEFAULT = new SockJsSettings(
            Duration.ofSeconds(25), Duration.ofSeconds(5), 128 * 1024, 10_000, true, false, "/sockjs/sockjs.min.js");

    public SockJsSettings {
        requirePositive("disconnectDelay", disconnectDelay.toMillis());
        requirePositive("streamBytes", streamBytes);
        requirePositive("maxSessions", maxSessions);
        if (heartBeat.isNegative()) {
            throw new IllegalArgumentException("heartBeat must not be negative: " + heartBeat);
        }
        if (clientLibraryUrl.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>')) {
            throw new IllegalArgumentException("no URL: " + clientLibraryUrl);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /** The same with other times. */
    public SockJsSettings withTimes(Duration newHeartBeat, Duration newDisconnectDelay) {
        return new SockJsSettings(
                newHeartBeat, newDisconnectDelay, streamBytes, maxSessions, webSocket, cookieNeeded, clientLibraryUrl);
    }

    /** The same with other bounds. */
    public SockJsSettings withLimits(int newStreamBytes, int newMaxSessions) {
        return new SockJsSettings(
                heartBeat, disconnectDelay, newStreamBytes, newMaxSessions, webSocket, cookieNeeded, clientLibraryUrl);
    }

    /** The same with or without WebSockets. */
    public SockJsSettings withWebSocket(boolean offered) {
        return new SockJsSettings(
                heartBeat, disconnectDelay, streamBytes, maxSessions, offered, cookieNeeded, clientLibraryUrl);
    }

    /** The same with or without the cookie. */
    public SockJsSettings withCookieNeeded(boolean needed) {
        return new SockJsSettings(
                heartBeat, disconnectDelay, streamBytes, maxSessions, webSocket, needed, clientLibraryUrl);
    }

    /** The same with another script. */
    public SockJsSettings withClientLibraryUrl(String url) {
        return new SockJsSettings(heartBeat, disconnectDelay, streamBytes, maxSessions, webSocket, cookieNeeded, url);
    }
}
