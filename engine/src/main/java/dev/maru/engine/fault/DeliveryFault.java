package dev.maru.engine.fault;

/** What can be wrong with acknowledging, with transactions and with queues; codes 4030 to 4039. */
public enum DeliveryFault implements Fault {
    UNKNOWN_ACK(4030, 404),
    UNKNOWN_TRANSACTION(4031, 404),
    TRANSACTION_EXISTS(4032, 409),
    TOO_MANY_TRANSACTIONS(4033, 429),
    TRANSACTION_TOO_LARGE(4034, 413),
    QUEUE_FULL(4035, 507),
    TOO_MANY_QUEUES(4036, 507);

    private final int code;
    private final int httpStatus;

    DeliveryFault(int code, int httpStatus) {
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
