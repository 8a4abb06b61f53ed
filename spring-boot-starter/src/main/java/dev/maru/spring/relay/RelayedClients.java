package dev.maru.spring.relay;

import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionLimits;
import dev.maru.spring.session.SessionTasks;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.conversation.Peer;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.socket.messaging.SubProtocolWebSocketHandler;

/**
 * The clients of an application that relays to another broker: Spring's own STOMP support on Maru's transport. Where
 * nothing is relayed nobody comes here.
 *
 * <p>Called on event loops, and by the container.
 */
public final class RelayedClients implements Conversations, SmartLifecycle {
    private final SubProtocolWebSocketHandler handler;
    private final SessionTasks tasks;
    private final SessionLimits limits;

    RelayedClients(SubProtocolWebSocketHandler handler, SessionTasks tasks, SessionLimits limits) {
        this.handler = handler;
        this.tasks = tasks;
        this.limits = limits;
    }

    @Override
    public Conversation open(Peer peer, Handshake handshake) {
        PeerSession session = new PeerSession(peer, handshake, limits.unsentBytes());
        return new RelayedClient(peer, session, handler, tasks, limits.unansweredFrames());
    }

    @Override
    public void start() {
        handler.start();
    }

    @Override
    public void stop() {
        handler.stop();
    }

    @Override
    public boolean isRunning() {
        return handler.isRunning();
    }
}
