package dev.maru.spring.socket;

import dev.maru.engine.session.CloseReason;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.websocket.CloseCode;
import io.netty.buffer.ByteBufUtil;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what happens on one connection to the application.
 *
 * <p>Confined to the connection's event loop; the application's code runs on virtual threads, one task at a time.
 */
final class SocketConversation implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConversation.class);

    private final SocketSession session;
    private final Inbox inbox;
    private final Runnable whenOver;
    private SocketSession.@Nullable Ending ending;

    /** Confined to the tasks. Null until the application has opened it, and if it could not. */
    private @Nullable SocketListener listener;

    SocketConversation(SocketSession session, Inbox inbox, Runnable whenOver) {
        this.session = session;
        this.inbox = inbox;
        this.whenOver = whenOver;
    }

    SocketConversation open(SocketApplication application) {
        inbox.run(() -> attempt(() -> {
            SocketListener opened = application.open(session);
            listener = opened;
            opened.onOpen();
        }));
        return this;
    }

    @Override
    public void onText(String message) {
        int bytes = ByteBufUtil.utf8Bytes(message);
        if (bytes > session.textLimit()) {
            tooBig();
        } else {
            inbox.add(bytes, () -> tell(to -> to.onText(message)));
        }
    }

    @Override
    public boolean onBinary(byte[] message) {
        if (message.length > session.binaryLimit()) {
            tooBig();
        } else {
            inbox.add(message.length, () -> tell(to -> to.onBinary(ByteBuffer.wrap(message))));
        }
        return true;
    }

    private void tooBig() {
        session.close(CloseCode.TOO_BIG, "message too big");
    }

    @Override
    public void onSent() {
        session.sent();
    }

    @Override
    public void onEnding(int code, String reason) {
        ending = new SocketSession.Ending(code, reason);
    }

    @Override
    public void onClosed(CloseReason reason) {
        SocketSession.Ending byServer = session.over();
        SocketSession.Ending end = byServer != null ? byServer : ending != null ? ending : of(reason);
        Throwable error = error(reason, end, byServer != null);
        inbox.run(() -> {
            if (error != null) {
                tell(to -> to.onError(error));
            }
            tell(to -> to.onClosed(end.code(), end.reason()));
            whenOver.run();
        });
    }

    private static SocketSession.Ending of(CloseReason reason) {
        return new SocketSession.Ending(reason.code(), reason.code() == CloseCode.LOST ? "" : reason.text());
    }

    private static @Nullable Throwable error(CloseReason reason, SocketSession.Ending end, boolean byServer) {
        if (end.code() == CloseReason.SLOW_CONSUMER.code() && byServer) {
            return new IOException(
                    "the client reads too slowly: more than maru.limits.socket-unsent-size waits for it");
        }
        if (reason == CloseReason.PROTOCOL_FAULT) {
            return new ProtocolException(end.reason());
        }
        return end.code() == CloseCode.LOST ? new EOFException("the connection broke without a close frame") : null;
    }

    private interface Call {
        void run() throws Exception;
    }

    private interface Told {
        void tell(SocketListener listener) throws Exception;
    }

    private void tell(Told told) {
        SocketListener to = listener;
        if (to != null) {
            attempt(() -> told.tell(to));
        }
    }

    private void attempt(Call call) {
        try {
            call.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(e);
        } catch (Exception e) {
            failed(e);
        }
    }

    private void failed(Exception failure) {
        LOG.error("A WebSocket handler failed; its session {} is closed", session.id(), failure);
        session.close(CloseReason.SERVER_ERROR.code(), CloseReason.SERVER_ERROR.text());
    }
}
