package dev.maru.chat.moderation;

import dev.maru.chat.message.ChatMessage;

/**
 * Is told what becomes of held messages, after it is durable.
 *
 * <p>Called on the database's writer: must be quick, must not block and must not throw.
 */
public interface HeldListener {

    void onHeld(HeldMessage held);

    void onReleased(HeldMessage held, ChatMessage message);

    void onDiscarded(HeldMessage held);
}
