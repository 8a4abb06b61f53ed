package dev.maru.server.access;

import dev.maru.engine.fault.Fault;

/**
 * The rows of the table of faults that belong to the server's front door: 4400 to 4499. Immutable; safe for any thread.
 */
enum AccessFault implements Fault {
    /** The request names a host that is not this server's. */
    UNKNOWN_HOST(4400, 421),
    /** The request comes from a page of another origin. */
    FOREIGN_ORIGIN(4401, 403);

    private final int code;
    private final int httpStatus;

    AccessFault(int code, int httpStatus) {
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
