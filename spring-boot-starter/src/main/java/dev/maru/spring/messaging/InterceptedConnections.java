package dev.maru.spring.messaging;

import dev.maru.engine.session.Session;
import dev.maru.engine.session.StompSession;
import dev.maru.spring.configurer.BrokerSettings;
import dev.maru.spring.session.SessionTasks;
import dev.maru.transport.websocket.SessionOpener;
import java.util.concurrent.Executor;
import org.springframework.messaging.MessageChannel;

/**
 * Leads what the engine sends through {@code clientOutboundChannel} where it has interceptors: each frame for each client
 * as a message of its own, in order, before it takes the form that its connection asks for. Without interceptors the
 * channel carries only what the application itself addresses to a session, and a message is encoded once for all of its
 * receivers.
 *
 * <p>Safe for any thread.
 */
public final class InterceptedConnections {
    private final BrokerSettings settings;
    private final SessionTasks tasks;
    private final MessageChannel channel;

    /** @param executor whose threads run the interceptors */
    InterceptedConnections(BrokerSettings settings, Executor executor, MessageChannel channel) {
        this.settings = settings;
        this.tasks = new SessionTasks(executor, Integer.MAX_VALUE);
        this.channel = channel;
    }

    /** Opens sessions in the same way, with the interceptors between them and their clients. */
    public SessionOpener around(SessionOpener sessions) {
        if (settings.channels().outbound().isEmpty()) {
            return sessions;
        }
        return (connection, handshake) -> {
            InterceptedConnection intercepted = new InterceptedConnection(connection, tasks, channel);
            StompSession opened = sessions.open(intercepted, handshake);
            if (!(opened instanceof Session session)) {
                throw new IllegalStateException("no session of the engine: " + opened);
            }
            intercepted.begin(opened, session);
            return opened;
        };
    }
}
