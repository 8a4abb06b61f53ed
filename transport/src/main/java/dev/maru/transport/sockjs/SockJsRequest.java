package dev.maru.transport.sockjs;

/**
 * What a path under a SockJS base address asks for (SockJS 0.3.4, "Base URL" and "Session URLs").
 *
 * <p>Immutable; safe for any thread.
 */
public enum SockJsRequest {
    /** The base address itself: a greeting. */
    GREETING,
    /** {@code /info}: what the server can do. */
    INFO,
    /** {@code /websocket}: a plain WebSocket, without SockJS's framing. */
    PLAIN_WEBSOCKET,
    /** {@code /{server}/{session}/websocket}: a WebSocket with SockJS's framing. */
    WEBSOCKET,
    /** Anything else; the HTTP transports among it. */
    UNKNOWN;

    /** What the rest of a path behind the base address means; the rest is empty or starts with a slash. */
    public static SockJsRequest of(String rest) {
        return switch (rest) {
            case "", "/" -> GREETING;
            case "/info" -> INFO;
            case "/websocket" -> PLAIN_WEBSOCKET;
            default -> ofSession(rest.split("/", -1));
        };
    }

    private static SockJsRequest ofSession(String[] segments) {
        boolean session = segments.length == 4 && id(segments[1]) && id(segments[2]);
        return session && segments[3].equals("websocket") ? WEBSOCKET : UNKNOWN;
    }

    private static boolean id(String segment) {
        return !segment.isEmpty() && segment.indexOf('.') < 0;
    }
}
