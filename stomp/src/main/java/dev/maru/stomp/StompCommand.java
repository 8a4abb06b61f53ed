package dev.maru.stomp;

/**
 * The commands of STOMP and the rules that belong to each (STOMP 1.2, "Client Frames" and "Server Frames").
 *
 * <p>Immutable; safe for any thread.
 */
public enum StompCommand {
    CONNECT(true, false),
    STOMP(true, false),
    SEND(true, true),
    SUBSCRIBE(true, false),
    UNSUBSCRIBE(true, false),
    ACK(true, false),
    NACK(true, false),
    BEGIN(true, false),
    COMMIT(true, false),
    ABORT(true, false),
    DISCONNECT(true, false),
    CONNECTED(false, false),
    MESSAGE(false, true),
    RECEIPT(false, false),
    ERROR(false, true);

    private final boolean fromClient;
    private final boolean allowsBody;

    StompCommand(boolean fromClient, boolean allowsBody) {
        this.fromClient = fromClient;
        this.allowsBody = allowsBody;
    }

    /** Whether clients send this command; otherwise servers do. */
    public boolean fromClient() {
        return fromClient;
    }

    /** Whether a frame of this command may have a body: SEND, MESSAGE and ERROR only. */
    public boolean allowsBody() {
        return allowsBody;
    }

    /**
     * Whether the headers of this command are escaped in versions that escape at all: not in CONNECT and CONNECTED
     * (STOMP 1.2, "Value Encoding"), nor in STOMP, which is handled in the same manner as CONNECT (STOMP 1.2, "CONNECT
     * or STOMP Frame") and which Spring leaves alone too.
     */
    public boolean escapesHeaders() {
        return this != CONNECT && this != STOMP && this != CONNECTED;
    }
}
