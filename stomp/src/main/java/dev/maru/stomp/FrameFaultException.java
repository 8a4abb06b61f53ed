package dev.maru.stomp;

/**
 * Carries a fault from where it is found to the decoder's boundary, where it becomes a call of the listener. Has no
 * stack trace, because a peer can cause as many as it likes.
 */
final class FrameFaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final StompFault fault;
    private final String detail;

    FrameFaultException(StompFault fault, String detail) {
        super(detail, null, false, false);
        this.fault = fault;
        this.detail = detail;
    }

    StompFault fault() {
        return fault;
    }

    String detail() {
        return detail;
    }
}
