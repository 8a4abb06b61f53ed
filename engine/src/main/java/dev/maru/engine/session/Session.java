package dev.maru.engine.session;

import dev.maru.engine.message.MessageContent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client's session as applications see it.
 *
 * <p>All methods are safe for any thread.
 */
public interface Session {

    /** Unguessable, unique in the cluster. */
    String id();

    Handshake handshake();

    /** Who the session acts for; null until CONNECT was accepted. */
    @Nullable SessionUser user();

    /** Whether the connection still stands; false before listeners are told of its end. */
    boolean isOpen();

    /** Values that the application keeps with the session; the engine does not look at them. A concurrent map. */
    Map<String, Object> attributes();

    /**
     * Sends a message to this session alone, on its subscriptions to this destination (or to an alias of it) that are
     * live; it is kept nowhere. Messages of one thread arrive in the order of the calls, and after everything that was
     * published before.
     */
    void send(String destination, MessageContent content);

    /** Closes the connection with this reason; returns at once. Idempotent. */
    void close(CloseReason reason);
}
