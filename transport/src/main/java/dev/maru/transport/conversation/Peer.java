package dev.maru.transport.conversation;

import io.netty.util.concurrent.EventExecutor;

/**
 * The client's end of one conversation, as the application sees it.
 *
 * <p>Confined to the event loop that {@link #executor()} names: every method is called there.
 */
public interface Peer {

    /** Where this conversation lives, for as long as it lives. */
    EventExecutor executor();

    /** Sends a text message. Dropped after the end. */
    void sendText(String message);

    /**
     * Sends a binary message. Dropped after the end.
     *
     * @throws UnsupportedOperationException over SockJS's framing, which has text only
     */
    void sendBinary(byte[] message);

    /** How many bytes were sent and have not reached the socket. Who sends without end must look at it. */
    long unsentBytes();

    /** Stops or resumes reading from the client. */
    void reading(boolean on);

    /**
     * Says good-bye behind everything that was sent; {@link Conversation#onClosed} follows. Idempotent.
     *
     * @param code one that a close frame may carry (RFC 6455, 7.4)
     * @param reason at most 123 bytes in UTF-8
     */
    void close(int code, String reason);
}
