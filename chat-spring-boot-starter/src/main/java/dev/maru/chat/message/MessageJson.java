package dev.maru.chat.message;

/**
 * The JSON of messages and events, in UTF-8, with the keys in a fixed order.
 *
 * <p>Safe for any thread.
 */
public final class MessageJson {

    private MessageJson() {}

    /** A message as HTTP and the event stream show it: {@code roomId} is always there. */
    public static byte[] full(ChatMessage message) {
        throw new UnsupportedOperationException();
    }

    /** A message as its classic stream shows it: without {@code roomId} in the lobby. */
    public static byte[] classic(ChatMessage message) {
        throw new UnsupportedOperationException();
    }
}
