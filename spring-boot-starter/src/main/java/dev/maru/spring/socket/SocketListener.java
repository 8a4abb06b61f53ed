package dev.maru.spring.socket;

import java.nio.ByteBuffer;

/**
 * The application's end of one connection.
 *
 * <p>Called on virtual threads, one call at a time and in order, so it may wait. What it throws is logged, and the
 * connection is closed with 1011.
 */
public interface SocketListener {

    /** The client is there. Called first. */
    void onOpen() throws Exception;

    /** A whole text message arrived. */
    void onText(String message) throws Exception;

    /** A whole binary message arrived; the buffer is the listener's. */
    void onBinary(ByteBuffer message) throws Exception;

    /** The connection is about to end for a reason that is nobody's wish. */
    void onError(Throwable error) throws Exception;

    /**
     * It is over. Called last.
     *
     * @param code of the close frame, whoever sent it; 1005 for one without a code, 1006 if there was none
     */
    void onClosed(int code, String reason) throws Exception;
}
