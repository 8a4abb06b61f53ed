package dev.maru.spring.tutorial;

import org.jspecify.annotations.Nullable;

/** What the tutorial's page and server tell each other. */
public final class ChatMessage {
    private @Nullable String roomId;
    private @Nullable MessageType type;
    private @Nullable String sender;
    private @Nullable String message;

    public enum MessageType {
        JOIN,
        TALK,
        LEAVE
    }

    public ChatMessage() {}

    public ChatMessage(
            @Nullable String roomId, @Nullable MessageType type, @Nullable String sender, @Nullable String message) {
        this.roomId = roomId;
        this.type = type;
        this.sender = sender;
        this.message = message;
    }

    public @Nullable String getRoomId() {
        return roomId;
    }

    public void setRoomId(@Nullable String roomId) {
        this.roomId = roomId;
    }

    public @Nullable MessageType getType() {
        return type;
    }

    public void setType(@Nullable MessageType type) {
        this.type = type;
    }

    public @Nullable String getSender() {
        return sender;
    }

    public void setSender(@Nullable String sender) {
        this.sender = sender;
    }

    public @Nullable String getMessage() {
        return message;
    }

    public void setMessage(@Nullable String message) {
        this.message = message;
    }
}
