package dev.maru.chat.room;

import dev.maru.chat.ChatFault;
import dev.maru.chat.PlainText;
import dev.maru.engine.fault.Refusal;

/** The rules for names of rooms. Safe for any thread. */
final class RoomName {

    private static final int MAX_LENGTH = 80;

    private RoomName() {}

    /** The name as it is kept. Refuses with INVALID_ROOM_NAME. */
    static String of(String raw) {
        String name = PlainText.name(raw, MAX_LENGTH);
        if (name == null) {
            throw new Refusal(
                    ChatFault.INVALID_ROOM_NAME, "A room's name is 1 to 80 characters without control characters.");
        }
        return name;
    }
}
