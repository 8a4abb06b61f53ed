package dev.maru.stomp;

/**
 * What can be wrong with the bytes that a peer sent, so that no frame can be read from them.
 *
 * <p>Immutable; safe for any thread.
 */
public enum StompFault {
    /**
     * The bytes do not follow the grammar: a header without a colon or a name, an undefined escape, text that is not
     * UTF-8, a NUL before the body.
     */
    MALFORMED_FRAME,
    /** The first line is no command that this peer may send. */
    UNKNOWN_COMMAND,
    /** A body in a frame whose command allows none. */
    BODY_NOT_ALLOWED,
    /** {@code content-length} is not a number, or no NUL follows that many bytes. */
    BAD_CONTENT_LENGTH,
    /** The frame is longer than {@link StompLimits#maxFrameBytes()}. */
    FRAME_TOO_LARGE,
    /** More headers than {@link StompLimits#maxHeaders()}. */
    TOO_MANY_HEADERS,
    /** A line longer than {@link StompLimits#maxHeaderLineBytes()}. */
    HEADER_LINE_TOO_LONG
}
