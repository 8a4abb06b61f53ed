package dev.maru.chat.room;

import dev.maru.chat.ChatFault;
import dev.maru.engine.fault.Refusal;
import org.jspecify.annotations.Nullable;

/** The rules for ids of rooms: 1 to 64 of {@code [A-Za-z0-9_-]}, case-sensitive. Safe for any thread. */
public final class RoomId {

    /** The room that is always there, and that a message without a room goes to. */
    public static final String LOBBY = "lobby";

    private static final int MAX_LENGTH = 64;

    private RoomId() {}

    /**
     * Returns the id, or the lobby's for null.
     *
     * @throws Refusal INVALID_ROOM_ID
     */
    public static String orLobby(@Nullable String id) {
        return id == null ? LOBBY : check(id);
    }

    /**
     * Returns the id.
     *
     * @throws Refusal INVALID_ROOM_ID
     */
    public static String check(String id) {
        if (!isValid(id)) {
            throw new Refusal(ChatFault.INVALID_ROOM_ID, "A room id is 1 to 64 letters, digits, '-' or '_'.");
        }
        return id;
    }

    public static boolean isValid(String id) {
        return !id.isEmpty() && id.length() <= MAX_LENGTH && id.chars().allMatch(RoomId::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
