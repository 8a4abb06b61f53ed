package dev.maru.chat.stomp;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.maru.chat.JsonText;
import dev.maru.chat.room.RoomId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat message as clients send it; fields that it does not know are ignored.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param roomId of the room, or null for the lobby
 * @param type JOIN, TALK or LEAVE, or null for what the destination is for
 * @param sender the nickname; means nothing from who is logged in
 * @param message the text of a TALK
 * @param clientMessageId by which a repeat is recognised, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClassicMessage(
        @JsonText @Nullable String roomId,
        @JsonText @Nullable String type,
        @JsonText @Nullable String sender,
        @JsonText @Nullable String message,
        @JsonText @Nullable String clientMessageId) {

    ClassicMessage toRoom(String otherRoomId) {
        return new ClassicMessage(otherRoomId, type, sender, message, clientMessageId);
    }

    /** The room; refuses what cannot be one. */
    String room() {
        return RoomId.orLobby(roomId);
    }

    /** What the sender calls themselves; empty where they do not. */
    String nickname() {
        return Objects.requireNonNullElse(sender, "");
    }

    String text() {
        return Objects.requireNonNullElse(message, "");
    }
}
