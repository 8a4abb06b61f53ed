package dev.maru.server.ticket;

import dev.maru.engine.fault.Fault;

/** The rows of the table of faults that belong to tickets: 4060 to 4069. Immutable; safe for any thread. */
enum TicketFault implements Fault {
    /** The ticket was used, is too old, or never was one. */
    INVALID_TICKET(4060, 401),
    /** As many unused tickets as one client, or all together, may have. */
    TOO_MANY_TICKETS(4061, 429);

    private final int code;
    private final int httpStatus;

    TicketFault(int code, int httpStatus) {
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
