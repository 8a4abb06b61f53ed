package dev.maru.spring.relay;

import dev.maru.engine.session.CloseReason;
import dev.maru.spring.session.SessionTasks;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;
import io.netty.util.concurrent.EventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;

/**
 * Hands what one client says to Spring's STOMP support, one message after the other, away from the event loop. While too
 * much waits to be handled nothing is read.
 *
 * <p>Confined to its peer's event loop; the handler is called on the threads of {@link SessionTasks}.
 */
final class RelayedClient implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(RelayedClient.class);

    private final Peer peer;
    private final EventExecutor executor;
    private final PeerSession session;
    private final WebSocketHandler handler;
    private final SessionTasks tasks;
    private final int mostWaiting;
    private int waiting;
    private boolean reading = true;

    /** @param mostWaiting messages that may wait to be handled */
    RelayedClient(Peer peer, PeerSession session, WebSocketHandler handler, SessionTasks tasks, int mostWaiting) {
        this.peer = peer;
        this.executor = peer.executor();
        this.session = session;
        this.handler = handler;
        this.tasks = tasks;
        this.mostWaiting = mostWaiting;
        run(() -> handler.afterConnectionEstablished(session));
    }

    @Override
    public void onText(String message) {
        handle(new TextMessage(message));
    }

    @Override
    public boolean onBinary(byte[] message) {
        handle(new BinaryMessage(message));
        return true;
    }

    @Override
    public void onClosed(CloseReason reason) {
        session.over();
        int code = reason == CloseReason.CONNECTION_LOST ? CloseStatus.NO_CLOSE_FRAME.getCode() : reason.code();
        run(() -> handler.afterConnectionClosed(session, new CloseStatus(code, reason.text())));
    }

    private void handle(WebSocketMessage<?> message) {
        waiting++;
        readOrNot();
        run(() -> {
            try {
                handler.handleMessage(session, message);
            } finally {
                executor.execute(() -> {
                    waiting--;
                    readOrNot();
                });
            }
        });
    }

    private void readOrNot() {
        boolean on = reading ? waiting < mostWaiting : waiting <= mostWaiting / 2;
        if (on != reading) {
            reading = on;
            peer.reading(on);
        }
    }

    /** As Spring's handlers do: what fails ends the session. */
    private void run(Step step) {
        tasks.inTurn(session, () -> {
            try {
                step.run();
            } catch (Exception failure) {
                LOG.error("A relayed session failed", failure);
                session.close(CloseStatus.SERVER_ERROR);
            }
        });
    }

    /** A call of the handler's. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
