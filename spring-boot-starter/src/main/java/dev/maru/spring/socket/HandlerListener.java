package dev.maru.spring.socket;

import java.nio.ByteBuffer;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;

/**
 * One client of one of Spring's handlers.
 *
 * <p>Called on virtual threads, one call at a time.
 */
record HandlerListener(WebSocketHandler handler, WebSocketSession session) implements SocketListener {

    @Override
    public void onOpen() throws Exception {
        handler.afterConnectionEstablished(session);
    }

    @Override
    public void onText(String message) throws Exception {
        handler.handleMessage(session, new TextMessage(message));
    }

    @Override
    public void onBinary(ByteBuffer message) throws Exception {
        handler.handleMessage(session, new BinaryMessage(message));
    }

    @Override
    public void onError(Throwable error) throws Exception {
        handler.handleTransportError(session, error);
    }

    @Override
    public void onClosed(int code, String reason) throws Exception {
        handler.afterConnectionClosed(session, new CloseStatus(code, reason));
    }
}
