package com.example.tutorialredis;

/** What travels between the pages, as JSON. */
public class ChatMessage {

    public enum Type {
        JOIN,
        TALK,
        LEAVE
    }

    private String roomId;
    private Type type;
    private String sender;
    private String message;

    public ChatMessage() {}

    public ChatMessage(String roomId, Type type, String sender, String message) {
        this.roomId = roomId;
        this.type = type;
        this.sender = sender;
        this.message = message;
    }

    public String getRoomId() {
        return roomId;
    }

    public void setRoomId(String roomId) {
        this.roomId = roomId;
    }

    public Type getType() {
        return type;
    }

    public void setType(Type type) {
        this.type = type;
    }

    public String getSender() {
        return sender;
    }

    public void setSender(String sender) {
        this.sender = sender;
    }

    public String getMessage() {
        return message;
    }

    public void setMessage(String message) {
        this.message = message;
    }
}
