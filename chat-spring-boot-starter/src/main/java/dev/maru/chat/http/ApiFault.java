package dev.maru.chat.http;

import dev.maru.engine.fault.Fault;

/** What is refused over HTTP only: the rows 4300 to 4399 of the table of faults. Immutable; safe for any thread. */
public enum ApiFault implements Fault {
    /** Nothing is at this address. */
    NOT_FOUND(4300, 404),
    /** The address does not know this method. */
    METHOD_NOT_ALLOWED(4301, 405),
    /** The client accepts no type that the address can answer with. */
    NOT_ACCEPTABLE(4302, 406),
    /** The request's body is longer than the server reads. */
    BODY_TOO_LARGE(4303, 413),
    /** The request's body is of a type that the address does not read. */
    UNSUPPORTED_MEDIA_TYPE(4304, 415),
    /** The request is not what the address expects, in a way that no other row describes. */
    BAD_REQUEST(4305, 400);

    private final int code;
    private final int httpStatus;

    ApiFault(int code, int httpStatus) {
        this.code = code;
        this.httpStatus = httpStatus;
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
