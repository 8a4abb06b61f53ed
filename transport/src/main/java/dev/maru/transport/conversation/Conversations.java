package dev.maru.transport.conversation;

import dev.maru.engine.session.Handshake;

/** Opens the conversation with each new client; called on the client's event loop. */
@FunctionalInterface
public interface Conversations {

    /**
     * A client has come. Over SockJS it has been sent its open frame, so what is said from within this call comes
     * second.
     */
    Conversation open(Peer peer, Handshake handshake);
}
