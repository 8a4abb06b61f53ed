package dev.maru.transport.websocket;

import dev.maru.engine.session.CloseReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What is said over one WebSocket, as its connection drives it.
 *
 * <p>Confined to its connection's event loop. Nothing is called before {@link #open} has returned, and nothing after
 * {@link #onClosed}.
 */
public interface Speech {

    /** The connection is open. */
    void open();

    /** Bytes of any kind arrived. Called before what is in them is handed over. */
    void onActivity();

    /** A message begins: text, or else bytes. */
    void onMessage(boolean text);

    /**
     * The next part of the message, to be owned. Text is UTF-8, as far as it has come.
     *
     * @return what is wrong with it, or null. After a violation nothing more is handed over
     */
    @Nullable Violation onPart(ByteBuf part, boolean endOfMessage);

    /** The client broke a rule: it is to be told, and the connection to be closed. */
    void onViolation(Violation violation);

    /** The client's close frame, with 1005 if it had no code; {@link #onClosed} follows. */
    default void onCloseFrame(int code, String reason) {}

    /** {@link WebSocketConnection#unsentBytes()} fell; called at least when it reaches zero. */
    void onSent();

    /** The connection is over, or could not be opened. Called once; drops whatever was kept. */
    void onClosed(CloseReason reason);
}
