package dev.maru.spring.socket;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.transport.conversation.Peer;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One client of a handler.
 *
 * <p>Safe for any thread. Nothing here waits: what is sent goes on its way in the order in which one thread sends it,
 * and a client for which more waits than {@code maru.limits.socket-unsent-size} is closed with 4001,
 * {@code slow-consumer}. What is sent after the end is dropped.
 */
public final class SocketSession {
    private static final int CLOSE_REASON_BYTES = 123;
    private static final String WEB_SOCKET = "websocket";

    private final String id = UUID.randomUUID().toString();
    private final Peer peer;
    private final Handshake handshake;
    private final Outbox outbox;
    private final Map<String, Object> attributes;
    private final int longestMessage;
    private volatile int textLimit;
    private volatile int binaryLimit;
    private volatile boolean open = true;

    /** How the server ended it; confined to the event loop. */
    private @Nullable Ending ended;

    /** A close frame's content. */
    record Ending(int code, String reason) {}

    SocketSession(Peer peer, Handshake handshake, SocketLimits limits) {
        this.peer = peer;
        this.handshake = handshake;
        this.outbox = new Outbox(peer, limits.socketUnsentSize().toBytes());
        this.attributes = new ConcurrentHashMap<>(handshake.attributes());
        this.longestMessage = limits.messageBytes();
        this.textLimit = longestMessage;
        this.binaryLimit = longestMessage;
    }

    /** Unique, and not to be guessed. */
    public String id() {
        return id;
    }

    /** How it began. */
    public Handshake handshake() {
        return handshake;
    }

    /** What the application notes about it; those that handshake interceptors noted are among them. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** Whether nobody has ended it yet. */
    public boolean isOpen() {
        return open;
    }

    /** Whether binary messages can be sent; over SockJS they cannot. */
    public boolean carriesBytes() {
        return handshake.transport().equals(WEB_SOCKET);
    }

    /** Sends a text message. */
    public void send(String text) {
        if (open && !outbox.send(ByteBufUtil.utf8Bytes(text), () -> peer.sendText(text))) {
            giveUp();
        }
    }

    /**
     * Sends what remains in the buffer as a binary message.
     *
     * @throws UnsupportedOperationException if this client cannot get any
     */
    public void send(ByteBuffer bytes) {
        if (!carriesBytes()) {
            throw new UnsupportedOperationException("SockJS carries text only");
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (open && !outbox.send(copy.length, () -> peer.sendBinary(copy))) {
            giveUp();
        }
    }

    /** Says good-bye behind everything that was sent. Idempotent. A reason over 123 bytes is cut. */
    public void close(int code, String reason) {
        end(new Ending(code, fitting(reason)));
    }

    /** The longest text message that this client may send, in bytes of UTF-8. */
    public int textLimit() {
        return textLimit;
    }

    /** The longest binary message that this client may send, in bytes. */
    public int binaryLimit() {
        return binaryLimit;
    }

    /**
     * Lets this client send shorter text messages only.
     *
     * @throws IllegalArgumentException if it is more than {@code maru.limits.socket-message-size}
     */
    public void setTextLimit(int bytes) {
        textLimit = checked(bytes);
    }

    /**
     * Lets this client send shorter binary messages only.
     *
     * @throws IllegalArgumentException if it is more than {@code maru.limits.socket-message-size}
     */
    public void setBinaryLimit(int bytes) {
        binaryLimit = checked(bytes);
    }

    private int checked(int bytes) {
        if (bytes < 1 || bytes > longestMessage) {
            throw new IllegalArgumentException(bytes + " is not between 1 and maru.limits.socket-message-size, "
                    + longestMessage + " bytes: raise the latter");
        }
        return bytes;
    }

    private void giveUp() {
        end(new Ending(CloseReason.SLOW_CONSUMER.code(), CloseReason.SLOW_CONSUMER.text()));
    }

    private void end(Ending ending) {
        if (open) {
            open = false;
            outbox.onLoop(() -> endNow(ending));
        }
    }

    private void endNow(Ending ending) {
        if (ended == null) {
            ended = ending;
            peer.close(ending.code(), ending.reason());
        }
    }

    /** For the event loop: bytes have left. */
    void sent() {
        outbox.sent();
    }

    /** For the event loop: it is over; returns how, if it was the server that ended it. */
    @Nullable Ending over() {
        open = false;
        return ended;
    }

    private static String fitting(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        int end = Math.min(bytes.length, CLOSE_REASON_BYTES);
        while (end > 0 && end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
