package dev.maru.transport.sockjs;

import io.netty.buffer.ByteBuf;

/**
 * The rest of an HTTP response whose head has been written; whoever binds SockJS to an HTTP server implements it.
 *
 * <p>Called by one thread at a time, which may be another than the request's.
 */
public interface SockJsResponse {

    /** Writes and flushes a chunk, and owns it. Dropped when the client is gone. */
    void write(ByteBuf chunk);

    /** Ends the response behind all chunks. */
    void end();

    /** Is told what became of the response; on any thread. */
    interface Watcher {
        /** So many bytes of the chunks have reached the socket. */
        void onWritten(int bytes);

        /** Nothing more will happen: the response has left whole, or the client has gone before. Called once. */
        void onOver(boolean whole);
    }
}
