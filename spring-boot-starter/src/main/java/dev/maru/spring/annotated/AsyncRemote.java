package dev.maru.spring.annotated;

import dev.maru.spring.socket.SocketSession;
import jakarta.websocket.EncodeException;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Sends and says at once that it was done: a message is done when it is on its way. Safe for any thread.
 */
final class AsyncRemote extends Remote implements RemoteEndpoint.Async {
    private final Session whole;

    AsyncRemote(SocketSession session, Session whole) {
        super(session);
        this.whole = whole;
    }

    @Override
    public long getSendTimeout() {
        return 0;
    }

    /** Nothing waits, so nothing takes too long: a client that does not read is closed for what waits for it. */
    @Override
    public void setSendTimeout(long milliseconds) {}

    @Override
    public Future<Void> sendText(String text) {
        return sendObject(text);
    }

    @Override
    public void sendText(String text, SendHandler handler) {
        sendObject(text, handler);
    }

    @Override
    public Future<Void> sendBinary(ByteBuffer data) {
        return sendObject(data);
    }

    @Override
    public void sendBinary(ByteBuffer data, SendHandler handler) {
        sendObject(data, handler);
    }

    @Override
    public Future<Void> sendObject(Object data) {
        try {
            send(data);
            return CompletableFuture.completedFuture(null);
        } catch (EncodeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void sendObject(Object data, SendHandler handler) {
        try {
            send(data);
            handler.onResult(new SendResult(whole));
        } catch (EncodeException e) {
            handler.onResult(new SendResult(whole, e));
        }
    }
}
