package dev.maru.engine.session;

/**
 * Why a connection ends, with the WebSocket close code that says so (RFC 6455, 7.4; codes from 4000 are ours).
 *
 * <p>Immutable; safe for any thread.
 */
public enum CloseReason {
    /** The client sent DISCONNECT. */
    DISCONNECTED(1000, true),
    /** The client closed with 1000 or without a code (1005). */
    CLIENT_CLOSED(1000, true),
    /** The client went away: a close with 1001, as a browser sends it when a page is left or reloaded. */
    CLIENT_WENT_AWAY(1001, false),
    /** The connection broke without a close frame (1006), or the client closed with any other code. */
    CONNECTION_LOST(1006, false),
    /** The client broke a rule of STOMP or of its transport; an ERROR frame told it which. */
    PROTOCOL_FAULT(1002, false),
    /** The application refused a frame and the client does not listen for refusals; an ERROR frame told it which. */
    REFUSED(1008, false),
    /** The client reads more slowly than messages come, and what it misses cannot be caught up. */
    SLOW_CONSUMER(4001, false),
    /** Nothing was heard from the client for too long. */
    HEART_BEAT_MISSED(4002, false),
    /** No CONNECT frame came in time. */
    CONNECT_TIMEOUT(4003, false),
    /** What the client proved who it is with has ended; connect again with something newer. */
    SESSION_EXPIRED(4010, false),
    /** The user logged out or was shut out. */
    SESSION_REVOKED(4011, true),
    /** The server is shutting down; connect again. */
    SERVER_SHUTDOWN(1012, false),
    /** Something failed in the server. */
    SERVER_ERROR(1011, false);

    /** The name of the hint when to come back, in milliseconds; where there are headers it is one. */
    public static final String COME_BACK = "reconnect-delay";

    private final int code;
    private final boolean deliberate;

    CloseReason(int code, boolean deliberate) {
        this.code = code;
        this.deliberate = deliberate;
    }

    /** The close code for the wire. 1006 never goes out: it says that nothing could. */
    public int code() {
        return code;
    }

    /** Whether the client meant to leave, so that nobody waits for its return. */
    public boolean deliberate() {
        return deliberate;
    }

    /** The name on the wire and in logs, for example {@code slow-consumer}. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The same with a hint for the client: it should come back, but not before so many milliseconds are over. */
    public String text(int comeBackMillis) {
        return text() + "; " + COME_BACK + '=' + comeBackMillis;
    }

    /** What a close frame from the client says; pass 1005 for one without a code and 1006 for none at all. */
    public static CloseReason fromClient(int code) {
        return switch (code) {
            case 1000, 1005 -> CLIENT_CLOSED;
            case 1001 -> CLIENT_WENT_AWAY;
            default -> CONNECTION_LOST;
        };
    }
}
