package dev.maru.stomp;

/** What can be wrong with the bytes that a client sent, so that no frame can be read from them. */
public enum StompFault {
    /** The bytes do not follow the grammar: a header without a colon, an undefined escape, text that is not UTF-8. */
    MALFORMED_FRAME,
    /** The first line is no command that a client may send. */
    UNKNOWN_COMMAND,
    /** A body in a frame whose command allows none, or a {@code content-length} that is no number. */
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
