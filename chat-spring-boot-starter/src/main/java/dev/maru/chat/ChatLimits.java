package dev.maru.chat;

/**
 * What the chat allows. Immutable; safe for any thread.
 *
 * @param maxTextBytes the longest text of a message in bytes of UTF-8
 * @param maxRooms the most rooms in all
 * @param maxHeld the most messages that wait for a decision, a tenth of them of one author
 * @param createRoomsByMessage whether the first message to a room that does not exist makes it
 */
public record ChatLimits(int maxTextBytes, int maxRooms, int maxHeld, boolean createRoomsByMessage) {

    private static final int MAX_TEXT_BYTES = 16 * 1024;
    private static final int MAX_ROOMS = 100_000;
    private static final int MAX_HELD = 10_000;

    public ChatLimits {
        if (maxTextBytes < 1 || maxRooms < 1 || maxHeld < 1) {
            throw new IllegalArgumentException("limits below 1: " + maxTextBytes + " bytes, " + maxRooms + " rooms, "
                    + maxHeld + " held messages");
        }
    }

    /** With the usual number of messages that wait for a decision. */
    public ChatLimits(int maxTextBytes, int maxRooms, boolean createRoomsByMessage) {
        this(maxTextBytes, maxRooms, MAX_HELD, createRoomsByMessage);
    }

    /** The most messages of one author that wait for a decision, so that nobody takes the places of all others. */
    public int maxHeldOfOneAuthor() {
        return Math.max(1, maxHeld / 10);
    }

    /** 16 KiB, 100,000 rooms made by messages, 10,000 held messages. */
    public static ChatLimits defaults() {
        return new ChatLimits(MAX_TEXT_BYTES, MAX_ROOMS, true);
    }
}
