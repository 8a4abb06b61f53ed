package dev.maru.testkit;

/** The server answered a WebSocket handshake with another status than 101. */
public final class HandshakeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    HandshakeRefusedException(int status, Throwable cause) {
        super("the handshake was answered with " + status, cause);
        this.status = status;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }
}
