package dev.maru.spring.tutorial;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/** The tutorial's listener of session events; keeps what it heard. */
@Component
public class ChatEvents {
    private final SimpMessageSendingOperations template;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    ChatEvents(SimpMessageSendingOperations template) {
        this.template = template;
    }

    /** The events of one session, in the order in which they came. */
    public List<String> heardOf(String session) {
        return heard.stream()
                .filter(event -> event.startsWith(session + " "))
                .map(event -> event.substring(session.length() + 1))
                .toList();
    }

    void note(String session, String event) {
        heard.add(session + " " + event);
    }

    @EventListener
    void heard(AbstractSubProtocolEvent event) {
        StompHeaderAccessor accessor = StompHeaderAccessor.wrap(event.getMessage());
        note(
                Objects.requireNonNull(accessor.getSessionId()),
                event.getClass().getSimpleName() + " " + accessor.getCommand() + " " + accessor.getDestination());
    }

    @EventListener
    void disconnected(SessionDisconnectEvent event) {
        StompHeaderAccessor accessor = StompHeaderAccessor.wrap(event.getMessage());
        Map<String, Object> attributes = Objects.requireNonNull(accessor.getSessionAttributes());
        String username = (String) attributes.get("username");
        String roomId = (String) attributes.get("roomId");
        note(event.getSessionId(), "closed with " + event.getCloseStatus().getCode());
        if (username != null && roomId != null) {
            template.convertAndSend(
                    "/topic/public/" + roomId, new ChatMessage(roomId, ChatMessage.MessageType.LEAVE, username, null));
        }
    }
}
