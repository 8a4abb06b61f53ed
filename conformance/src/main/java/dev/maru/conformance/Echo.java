package dev.maru.conformance;

import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;

/**
 * Says what it hears. Does not listen to a peer that does not.
 *
 * <p>Confined to its peer's event loop.
 */
final class Echo implements Conversation {
    private static final long MAX_UNSENT_BYTES = 64 * 1024;

    private final Peer peer;

    Echo(Peer peer) {
        this.peer = peer;
    }

    @Override
    public void onText(String message) {
        peer.sendText(message);
        listenIfHeard();
    }

    @Override
    public boolean onBinary(byte[] message) {
        peer.sendBinary(message);
        listenIfHeard();
        return true;
    }

    @Override
    public void onSent() {
        listenIfHeard();
    }

    private void listenIfHeard() {
        peer.reading(peer.unsentBytes() <= MAX_UNSENT_BYTES);
    }
}
