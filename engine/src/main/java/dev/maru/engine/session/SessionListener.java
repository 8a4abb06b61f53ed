package dev.maru.engine.session;

import dev.maru.stomp.StompHeaders;

/** Is told of the life of sessions, on each session's event loop; returns quickly and does not throw. */
public interface SessionListener {

    /** CONNECT was accepted and CONNECTED is on its way. */
    default void onConnected(Session session, StompHeaders connect) {}

    /** A subscription was accepted. The headers are all that the frame had. */
    default void onSubscribed(Session session, String subscriptionId, String destination, StompHeaders subscribe) {}

    /**
     * A subscription was given up by UNSUBSCRIBE, or was ended because it is no longer allowed; not called for those
     * that end with their session.
     */
    default void onUnsubscribed(Session session, String subscriptionId, String destination) {}

    /** The session is over, once for each session whose CONNECT was accepted. */
    default void onClosed(Session session, CloseReason reason) {}
}
