package dev.maru.engine.fault;

import dev.maru.stomp.StompFault;

/** What can be wrong with a client's frames, whatever the application; codes 4000 to 4099. */
public enum SessionFault implements Fault {
    MALFORMED_FRAME(4000, 400),
    UNKNOWN_COMMAND(4001, 400),
    FRAME_TOO_LARGE(4002, 413),
    TOO_MANY_HEADERS(4003, 431),
    HEADER_LINE_TOO_LONG(4004, 431),
    BODY_NOT_ALLOWED(4005, 400),
    BAD_CONTENT_LENGTH(4006, 400),
    NOT_CONNECTED(4007, 401),
    ALREADY_CONNECTED(4008, 400),
    VERSION_NOT_SUPPORTED(4009, 400),
    MISSING_HEADER(4010, 400),
    INVALID_HEADER(4011, 400),
    SUBSCRIPTION_EXISTS(4012, 409),
    TOO_MANY_SUBSCRIPTIONS(4014, 429),
    SUBSCRIPTION_ID_TOO_LONG(4015, 400),
    NOT_SUPPORTED(4016, 501),
    NOT_RECOVERABLE(4017, 410),
    FORBIDDEN(4018, 403),
    UNAVAILABLE(4019, 503),
    INTERNAL_ERROR(4020, 500),
    CONFLICT(4021, 409),
    TOO_MANY_CONNECTIONS(4022, 429),
    TOO_MANY_MESSAGES(4023, 429),
    SLOW_CONSUMER(4024, 429);

    private final int code;
    private final int httpStatus;

    SessionFault(int code, int httpStatus) {
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /** The row for what a decoder found. */
    public static SessionFault of(StompFault fault) {
        return switch (fault) {
            case MALFORMED_FRAME -> MALFORMED_FRAME;
            case UNKNOWN_COMMAND -> UNKNOWN_COMMAND;
            case BODY_NOT_ALLOWED -> BODY_NOT_ALLOWED;
            case BAD_CONTENT_LENGTH -> BAD_CONTENT_LENGTH;
            case FRAME_TOO_LARGE -> FRAME_TOO_LARGE;
            case TOO_MANY_HEADERS -> TOO_MANY_HEADERS;
            case HEADER_LINE_TOO_LONG -> HEADER_LINE_TOO_LONG;
        };
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public int httpStatus() {
        return httpStatus;
    }
}
