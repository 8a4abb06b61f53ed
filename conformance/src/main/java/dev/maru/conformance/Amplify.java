package dev.maru.conformance;

import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;

/**
 * Hears a number and answers with a message of two to the power of so many characters, as the SockJS test servers do: 1
 * to 18, and 1 for everything else.
 *
 * <p>Confined to its peer's event loop.
 */
record Amplify(Peer peer) implements Conversation {
    private static final int MAX_POWER = 18;

    @Override
    public void onText(String message) {
        peer.sendText("x".repeat(1 << power(message)));
        peer.reading(peer.unsentBytes() <= 1 << MAX_POWER);
    }

    @Override
    public void onSent() {
        peer.reading(peer.unsentBytes() <= 1 << MAX_POWER);
    }

    private static int power(String message) {
        try {
            int power = Integer.parseInt(message.strip());
            return power > 0 && power <= MAX_POWER ? power : 1;
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
