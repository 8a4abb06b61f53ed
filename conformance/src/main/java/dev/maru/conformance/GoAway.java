package dev.maru.conformance;

import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;

/**
 * Has nothing to say but good-bye.
 *
 * <p>Confined to its peer's event loop.
 */
record GoAway(Peer peer) implements Conversation {
    private static final int GO_AWAY = 3000;

    GoAway now() {
        peer.close(GO_AWAY, "Go away!");
        return this;
    }

    @Override
    public void onText(String message) {}
}
