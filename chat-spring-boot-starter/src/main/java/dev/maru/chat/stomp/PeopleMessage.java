package dev.maru.chat.stomp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.maru.chat.room.RoomId;
import dev.maru.engine.message.MessageContent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JOIN or LEAVE as classic clients get it: the lobby has no id, and the message that there is none of is written out.
 *
 * <p>Immutable; safe for any thread.
 */
@JsonPropertyOrder({"roomId", "type", "sender", "message"})
record PeopleMessage(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String roomId,
        ClassicType type,
        String sender,
        @Nullable String message) {
    private static final JsonMapper JSON = new JsonMapper();

    static MessageContent of(ClassicType type, String roomId, String sender) {
        String shown = roomId.equals(RoomId.LOBBY) ? null : roomId;
        return MessageContent.json(JSON.writeValueAsBytes(new PeopleMessage(shown, type, sender, null)));
    }
}
