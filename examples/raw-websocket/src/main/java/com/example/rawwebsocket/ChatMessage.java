package com.example.rawwebsocket;

import org.jspecify.annotations.Nullable;

record ChatMessage(Type type, String sender, @Nullable String message) {

    enum Type {
        JOIN,
        TALK,
        LEAVE
    }
}
