package dev.maru.spring.messaging;

import dev.maru.engine.fault.Fault;

/** Why a frame to an application destination was not handled by the application's methods; codes 4200 to 4299. */
public enum MessagingFault implements Fault {
    /** The body or a header cannot be read as what the method takes, for example because it is not JSON. */
    MALFORMED_PAYLOAD(4200, 400),
    /** No method is mapped to the destination. */
    NO_HANDLER(4201, 404),
    /** The body was read and breaks the constraints that the application put on it. */
    INVALID_PAYLOAD(4202, 422),
    /** An interceptor of the application did not let the frame pass. */
    INTERCEPTED(4203, 403);

    private final int code;
    private final int httpStatus;

    MessagingFault(int code, int httpStatus) {
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
