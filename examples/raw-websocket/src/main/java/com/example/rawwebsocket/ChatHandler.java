package com.example.rawwebsocket;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

@Component
class ChatHandler extends TextWebSocketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ChatHandler.class);
    private static final String SENDER = "sender";

    private final JsonMapper json;
    private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();

    ChatHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        sessions.put(session.getId(), session);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
        ChatMessage received = json.readValue(message.getPayload(), ChatMessage.class);
        if (received.type() == ChatMessage.Type.JOIN) {
            session.getAttributes().put(SENDER, received.sender());
        }
        broadcast(received);
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable error) {
        LOG.info("{}: {}", session.getId(), error.getMessage());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws IOException {
        sessions.remove(session.getId());
        if (session.getAttributes().get(SENDER) instanceof String sender) {
            broadcast(new ChatMessage(ChatMessage.Type.LEAVE, sender, null));
        }
    }

    /** Nobody waits for a slow reader here, so no decorator is needed. */
    private void broadcast(ChatMessage message) throws IOException {
        TextMessage text = new TextMessage(json.writeValueAsString(message));
        for (WebSocketSession session : sessions.values()) {
            session.sendMessage(text);
        }
    }
}
