package dev.maru.transport.server;

import dev.maru.engine.session.CloseReason;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;

/** Says what it hears. Confined to its peer's event loop. */
record EchoConversation(Peer peer) implements Conversation {

    @Override
    public void onText(String message) {
        peer.sendText(message);
    }

    @Override
    public boolean onBinary(byte[] message) {
        peer.sendBinary(message);
        return true;
    }

    @Override
    public void onClosed(CloseReason reason) {}
}
