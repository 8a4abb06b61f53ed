package dev.maru.spring.messaging;

import dev.maru.engine.session.Session;
import dev.maru.spring.session.EngineUserRegistry;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;

/**
 * The end of {@code clientOutboundChannel}: sends what an application addresses to one session, such as the answer of a
 * {@code @SubscribeMapping} method, to that session's subscriptions. Where there are interceptors, it sends on what they
 * let pass.
 *
 * <p>Safe for any thread.
 */
final class SessionReplies implements MessageHandler {
    private final EngineUserRegistry sessions;

    SessionReplies(EngineUserRegistry sessions) {
        this.sessions = sessions;
    }

    @Override
    public void handleMessage(Message<?> message) {
        OutgoingFrame outgoing = OutgoingFrame.in(message);
        if (outgoing != null) {
            outgoing.pass(message);
            return;
        }
        String id = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
        String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
        Session session = id == null ? null : sessions.session(id);
        if (session != null && destination != null) {
            session.send(destination, OutgoingContent.of(message));
        }
    }
}
