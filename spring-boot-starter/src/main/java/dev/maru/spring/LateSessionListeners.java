package dev.maru.spring;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.stomp.StompHeaders;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * All session listeners of the application. They are looked up when the engine exists already, so that a listener may
 * be given the engine.
 *
 * <p>Set once before the first session; then called on the sessions' event loops.
 */
final class LateSessionListeners implements SmartInitializingSingleton {
    private final ObjectProvider<SessionListener> beans;
    private volatile List<SessionListener> listeners = List.of();

    LateSessionListeners(ObjectProvider<SessionListener> beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        listeners = beans.orderedStream().toList();
    }

    /** What the engine is given; no bean itself, or it would be one of its own listeners. */
    SessionListener asListener() {
        return new SessionListener() {
            @Override
            public void onConnected(Session session, StompHeaders connect) {
                listeners.forEach(listener -> listener.onConnected(session, connect));
            }

            @Override
            public void onSubscribed(
                    Session session, String subscriptionId, String destination, StompHeaders subscribe) {
                listeners.forEach(listener -> listener.onSubscribed(session, subscriptionId, destination, subscribe));
            }

            @Override
            public void onUnsubscribed(Session session, String subscriptionId, String destination) {
                listeners.forEach(listener -> listener.onUnsubscribed(session, subscriptionId, destination));
            }

            @Override
            public void onClosed(Session session, CloseReason reason) {
                listeners.forEach(listener -> listener.onClosed(session, reason));
            }
        };
    }
}
