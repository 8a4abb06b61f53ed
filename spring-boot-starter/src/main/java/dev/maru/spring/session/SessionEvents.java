package dev.maru.spring.session;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.stomp.StompHeaders;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpAttributes;
import org.springframework.messaging.simp.SimpAttributesContextHolder;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.messaging.SessionSubscribeEvent;
import org.springframework.web.socket.messaging.SessionUnsubscribeEvent;

/**
 * Publishes what happens to sessions as the application events of Spring's WebSocket support.
 *
 * <p>Called on each session's event loop; publishes on the threads of {@link SessionTasks}, in order for each session.
 * A session that makes events faster than the application's listeners take them is closed.
 */
public final class SessionEvents implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEvents.class);
    private static final byte[] EMPTY = new byte[0];

    private final SessionTasks tasks;
    private final ApplicationEventPublisher publisher;
    private final Consumer<Message<byte[]>> goodbyes;

    /** @param goodbyes sees DISCONNECT before the event that it makes */
    public SessionEvents(SessionTasks tasks, ApplicationEventPublisher publisher, Consumer<Message<byte[]>> goodbyes) {
        this.tasks = tasks;
        this.publisher = publisher;
        this.goodbyes = goodbyes;
    }

    @Override
    public void onConnected(Session session, StompHeaders connect) {
        later(session, () -> {
            Message<byte[]> message = SessionMessages.of(session, StompCommand.CONNECT, connect, EMPTY);
            publish(new SessionConnectEvent(this, message, SessionMessages.principal(session)));
            Message<byte[]> connected = SessionMessages.connected(session, message);
            publish(new SessionConnectedEvent(this, connected, SessionMessages.principal(session)));
        });
    }

    @Override
    public void onSubscribed(Session session, String subscriptionId, String destination, StompHeaders subscribe) {
        later(session, () -> {
            Message<byte[]> message = SessionMessages.of(session, StompCommand.SUBSCRIBE, subscribe, EMPTY);
            publish(new SessionSubscribeEvent(this, message, SessionMessages.principal(session)));
        });
    }

    @Override
    public void onUnsubscribed(Session session, String subscriptionId, String destination) {
        StompHeaders headers = StompHeaders.of("id", subscriptionId, "destination", destination);
        later(session, () -> {
            Message<byte[]> message = SessionMessages.of(session, StompCommand.UNSUBSCRIBE, headers, EMPTY);
            publish(new SessionUnsubscribeEvent(this, message, SessionMessages.principal(session)));
        });
    }

    @Override
    public void onClosed(Session session, CloseReason reason) {
        tasks.run(
                session,
                () -> within(session, attributes -> {
                    Message<byte[]> message =
                            SessionMessages.of(session, StompCommand.DISCONNECT, new StompHeaders(), EMPTY);
                    goodbyes.accept(message);
                    CloseStatus status = new CloseStatus(reason.code(), reason.text());
                    publish(new SessionDisconnectEvent(
                            this, message, session.id(), status, SessionMessages.principal(session)));
                    attributes.sessionCompleted();
                }));
    }

    private void later(Session session, Runnable task) {
        if (!tasks.offer(session, () -> within(session, attributes -> task.run()))) {
            LOG.warn("Session {} is closed: its events come faster than they are listened to", session.id());
            session.close(CloseReason.REFUSED);
        }
    }

    /** Makes Spring's {@code websocket} scope known to the listeners, as it is to annotated methods. */
    private static void within(Session session, Consumer<SimpAttributes> task) {
        SimpAttributes attributes = new SimpAttributes(session.id(), session.attributes());
        SimpAttributesContextHolder.setAttributes(attributes);
        try {
            task.accept(attributes);
        } finally {
            SimpAttributesContextHolder.resetAttributes();
        }
    }

    private void publish(ApplicationEvent event) {
        try {
            publisher.publishEvent(event);
        } catch (RuntimeException failure) {
            LOG.error("A listener failed on {}", event, failure);
        }
    }
}
