package dev.maru.transport.http;

import dev.maru.engine.fault.Fault;

/**
 * What is refused before a request reaches anybody: 4306 to 4319 and 4460 to 4469 in the table of faults.
 *
 * <p>Immutable; safe for any thread.
 */
public enum TransportFault implements Fault {
    /** The bytes are no HTTP request. */
    MALFORMED_REQUEST(4306, 400),
    /** The request line is longer than the server reads. */
    REQUEST_LINE_TOO_LONG(4307, 414),
    /** The headers are longer than the server reads. */
    REQUEST_HEADERS_TOO_LARGE(4308, 431),
    /** No Host, more than one, or one that cannot be a host's name (RFC 9112, 3.2). */
    INVALID_HOST(4309, 400),
    /** The address is a WebSocket, and the request is none; or it asks for another version than 13. */
    UPGRADE_REQUIRED(4310, 426),
    /** The request breaks a rule of the WebSocket handshake (RFC 6455, 4.2.1). */
    INVALID_HANDSHAKE(4311, 400),
    /** A WebSocket handshake is a GET. */
    HANDSHAKE_NOT_GET(4312, 405),
    /** Nothing is at this address. */
    NOTHING_HERE(4313, 404),
    /** The request did not arrive in time. */
    REQUEST_TIMEOUT(4314, 408),
    /** Pages of this origin may not connect here. */
    ORIGIN_NOT_ALLOWED(4460, 403),
    /** The server is shutting down. */
    SHUTTING_DOWN(4462, 503),
    /** It could not be found out who is there. */
    IDENTITY_UNAVAILABLE(4463, 503);

    private final int code;
    private final int httpStatus;

    TransportFault(int code, int httpStatus) {
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
