package dev.maru.transport.conversation;

import dev.maru.engine.session.CloseReason;

/**
 * The application's end of one conversation.
 *
 * <p>Confined to the event loop of its {@link Peer}: every method is called there, and must not wait.
 */
public interface Conversation {
    /** RFC 6455, 7.4.1: data that the receiver has no use for. */
    int TEXT_ONLY = 1003;

    /** A whole text message arrived. Over SockJS it may hold lone surrogates, as JavaScript's strings may. */
    void onText(String message);

    /**
     * A whole binary message arrived. Never over SockJS's framing.
     *
     * @return whether this conversation is about bytes at all; if not it is closed with 1003
     */
    default boolean onBinary(byte[] message) {
        return false;
    }

    /** {@link Peer#unsentBytes()} fell; called at least when it reaches zero. */
    default void onSent() {}

    /**
     * How the conversation ends, where {@link #onClosed} cannot tell it all: the client closed it with this code, or
     * broke a rule and is told so with this code.
     *
     * @param code as RFC 6455, 7.4; 1005 for a close frame without one
     * @param reason the client's words, or ours for what it did wrong
     */
    default void onEnding(int code, String reason) {}

    /** The conversation is over, whoever ended it. Called once, and nothing after it. */
    default void onClosed(CloseReason reason) {}
}
