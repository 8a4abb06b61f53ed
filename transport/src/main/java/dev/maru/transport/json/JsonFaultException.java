package dev.maru.transport.json;

import dev.maru.stomp.StompFault;

/**
 * Carries a fault from where it is found in a message to the reader, where it becomes a call of the listener. Has no
 * stack trace, because a client can cause as many as it likes.
 */
final class JsonFaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final StompFault fault;
    private final String detail;

    JsonFaultException(StompFault fault, String detail) {
        super(detail, null, false, false);
        this.fault = fault;
        this.detail = detail;
    }

    static JsonFaultException malformed(String detail) {
        return new JsonFaultException(StompFault.MALFORMED_FRAME, detail);
    }

    StompFault fault() {
        return fault;
    }

    String detail() {
        return detail;
    }
}
