package com.example.rawwebsocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Each client has an instance of its own, so what all share is static. */
@Component
@ServerEndpoint("/ws/annotated")
public class AnnotatedChat {
    private static final Logger LOG = LoggerFactory.getLogger(AnnotatedChat.class);
    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

    private final JsonMapper json;
    private @Nullable String sender;

    AnnotatedChat(JsonMapper json) {
        this.json = json;
    }

    @OnOpen
    public void onOpen(Session session) {
        SESSIONS.add(session);
    }

    @OnMessage
    public void onMessage(Session session, String text) throws IOException {
        ChatMessage received = json.readValue(text, ChatMessage.class);
        if (received.type() == ChatMessage.Type.JOIN) {
            sender = received.sender();
        }
        broadcast(received);
    }

    @OnClose
    public void onClose(Session session, CloseReason reason) throws IOException {
        SESSIONS.remove(session);
        if (sender != null) {
            broadcast(new ChatMessage(ChatMessage.Type.LEAVE, sender, null));
        }
    }

    @OnError
    public void onError(Session session, Throwable error) {
        LOG.info("{}: {}", session.getId(), error.getMessage());
    }

    private void broadcast(ChatMessage message) throws IOException {
        String text = json.writeValueAsString(message);
        for (Session session : SESSIONS) {
            session.getBasicRemote().sendText(text);
        }
    }
}
