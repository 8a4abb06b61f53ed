package dev.maru.engine.session;

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

    /** Values that the application keeps with the session; the engine does not look at them. A concurrent map. */
    Map<String, Object> attributes();

    /** Closes the connection with this reason; returns at once. Idempotent. */
    void close(CloseReason reason);
}
