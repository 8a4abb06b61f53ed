package dev.maru.engine.session;

import dev.maru.engine.fault.Fault;
import dev.maru.engine.wire.WireFormat;
import dev.maru.stomp.StompVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;

/**
 * A session's way to its client; a transport implements it.
 *
 * <p>Confined to the event loop that {@link #executor()} names: every method is called there.
 */
public interface Connection {

    /** The event loop that this connection, its decoder and its session live on, for as long as they live. */
    EventExecutor executor();

    ByteBufAllocator allocator();

    /** The form that frames take on this connection, in the version last given to {@link #speak}; at first 1.2. */
    WireFormat wireFormat();

    /** Settles the STOMP version for both directions: how frames are decoded and encoded from now on. */
    void speak(StompVersion version);

    /** Takes bytes that {@link #wireFormat()} made and owns them. They wait for {@link #flush()}. */
    void write(ByteBuf bytes);

    /** Lets everything written leave, in as few system calls as it takes. */
    void flush();

    /** How many bytes were written and have not reached the socket. */
    long unsentBytes();

    /** Stops or resumes reading from the client. */
    void reading(boolean on);

    /**
     * The client is told of this fault next, by an ERROR frame, and then closed. For connections that have a better way
     * to say it; the others need not listen.
     */
    default void failing(Fault fault, String detail) {}

    /**
     * Closes after what was written has left. After a fault the rest of the client's input is discarded for a moment,
     * so that the ERROR frame is seen. {@link StompSession#onClosed} follows. Idempotent.
     */
    void close(CloseReason reason);

    /**
     * The same, and asks the client to come back when so many milliseconds are over, where there is a way to say so.
     */
    default void close(CloseReason reason, int comeBackMillis) {
        close(reason);
    }
}
