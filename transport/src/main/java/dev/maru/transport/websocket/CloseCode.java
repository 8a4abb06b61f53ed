package dev.maru.transport.websocket;

/**
 * Close codes that the transport itself uses (RFC 6455, 7.4.1).
 *
 * <p>Constants; safe for any thread.
 */
public final class CloseCode {
    /** A close frame without a code; never on the wire. */
    public static final int NONE = 1005;

    /** The connection broke; never on the wire. */
    public static final int LOST = 1006;

    /** The peer broke a rule of the protocol. */
    public static final int PROTOCOL_ERROR = 1002;

    /** A kind of message that the receiver has no use for. */
    public static final int UNWANTED = 1003;

    /** A message whose content is not what its kind says: text that is not UTF-8, or bytes that cannot be inflated. */
    public static final int NOT_UTF_8 = 1007;

    /** A message or frame over the limit. */
    public static final int TOO_BIG = 1009;

    private CloseCode() {}

    /** Whether a peer may put this code into a close frame (RFC 6455, 7.4.2). */
    static boolean allowedOnTheWire(int code) {
        if (code >= 3000) {
            return code <= 4999;
        }
        return code >= 1000 && code <= 1014 && code != 1004 && code != NONE && code != LOST;
    }
}
