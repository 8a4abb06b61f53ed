package com.example.tutorial;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.messaging.SessionConnectedEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/** Tells a room who left it, however they did. */
@Component
public class ChatEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ChatEvents.class);

    private final SimpMessageSendingOperations template;

    public ChatEvents(SimpMessageSendingOperations template) {
        this.template = template;
    }

    @EventListener
    public void connected(SessionConnectedEvent event) {
        LOG.info("Connected: {}", StompHeaderAccessor.wrap(event.getMessage()).getSessionId());
    }

    @EventListener
    public void disconnected(SessionDisconnectEvent event) {
        Map<String, Object> session =
                StompHeaderAccessor.wrap(event.getMessage()).getSessionAttributes();
        String username = (String) session.get("username");
        String roomId = (String) session.get("roomId");
        if (username != null) {
            LOG.info("Gone: {}", username);
            template.convertAndSend(
                    roomId == null ? "/topic/public" : "/topic/public/" + roomId,
                    new ChatMessage(roomId, ChatMessage.Type.LEAVE, username, null));
        }
    }
}
