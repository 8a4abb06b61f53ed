package dev.maru.spring.servlet;

import dev.maru.engine.session.CloseReason;
import dev.maru.spring.session.SessionTasks;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;
import org.springframework.web.socket.sockjs.transport.SockJsSession;

/**
 * Sends to one client of Spring's transport, one message after the other, and waits where the transport waits.
 *
 * <p>Safe for any thread; what is given is sent on the threads of {@link SessionTasks}, in the order in which it was.
 */
final class SocketWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWriter.class);

    private final WebSocketSession socket;
    private final SessionTasks turns;
    private boolean heartBeats;

    SocketWriter(WebSocketSession socket, SessionTasks turns) {
        this.socket = socket;
        this.turns = turns;
    }

    /** Sends what these bytes hold, and owns them. */
    void send(List<ByteBuf> batch, SocketConnection connection) {
        turns.inTurn(this, () -> sendNow(batch, connection));
    }

    void close(CloseStatus status) {
        turns.inTurn(this, () -> closeNow(status));
    }

    void afterwards(Runnable action) {
        turns.inTurn(this, action);
    }

    private void sendNow(List<ByteBuf> batch, SocketConnection connection) {
        int bytes = batch.stream().mapToInt(ByteBuf::readableBytes).sum();
        try {
            for (ByteBuf frames : batch) {
                sendNow(frames);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.debug("A client does not take what is sent to it", failure);
            closeNow(CloseStatus.SESSION_NOT_RELIABLE);
            connection.ended(CloseReason.CONNECTION_LOST);
        } finally {
            batch.forEach(ByteBuf::release);
            connection.sent(bytes);
        }
    }

    private void sendNow(ByteBuf frames) throws IOException {
        for (WebSocketMessage<?> message : EnvelopeFormat.open(frames)) {
            if (message instanceof TextMessage text && text.getPayloadLength() == 1) {
                leaveHeartBeatsToStomp();
            }
            if (socket.isOpen()) {
                socket.sendMessage(message);
            }
        }
    }

    /** As with Spring's own broker: one kind of heart-beat is enough. */
    private void leaveHeartBeatsToStomp() {
        if (!heartBeats && WebSocketSessionDecorator.unwrap(socket) instanceof SockJsSession sockJs) {
            sockJs.disableHeartbeat();
        }
        heartBeats = true;
    }

    private void closeNow(CloseStatus status) {
        try {
            socket.close(status);
        } catch (IOException | RuntimeException failure) {
            LOG.debug("A client cannot be told {}", status, failure);
        }
    }
}
