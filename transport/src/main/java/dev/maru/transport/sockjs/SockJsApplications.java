package dev.maru.transport.sockjs;

import dev.maru.engine.session.Handshake;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.conversation.Conversations;
import dev.maru.transport.websocket.SessionOpener;

/** Opens what is spoken in new sessions; called on their event loops. */
@FunctionalInterface
public interface SockJsApplications {

    /** A session has been greeted. */
    SockJsApplication open(SockJsSession session, Handshake handshake);

    /** STOMP, spoken by the engine. */
    static SockJsApplications stomp(SessionOpener sessions, StompLimits limits) {
        return (session, handshake) -> new StompOverSockJs(session, limits).open(sessions, handshake);
    }

    /** Messages of any other kind. */
    static SockJsApplications of(Conversations conversations) {
        return (session, handshake) -> new ConversationOverSockJs(session).open(conversations, handshake);
    }
}
