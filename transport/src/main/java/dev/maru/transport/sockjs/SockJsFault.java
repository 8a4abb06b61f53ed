package dev.maru.transport.sockjs;

import dev.maru.engine.fault.Fault;

/** What can be wrong with a request of SockJS's HTTP transports; codes 4450 to 4459. */
public enum SockJsFault implements Fault {
    UNKNOWN_SOCKJS_SESSION(4450, 404),
    TOO_MANY_SOCKJS_SESSIONS(4451, 503),
    TOO_MANY_SENDS(4452, 429),
    BODY_TOO_LARGE(4453, 413);

    private final int code;
    private final int httpStatus;

    SockJsFault(int code, int httpStatus) {
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
