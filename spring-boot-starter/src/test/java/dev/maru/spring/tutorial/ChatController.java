package dev.maru.spring.tutorial;

import java.util.Map;
import java.util.Objects;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.stereotype.Controller;

/** The tutorial's second version, with rooms; and its third, with the room in the path. */
@Controller
class ChatController {
    private final SimpMessagingTemplate template;

    ChatController(SimpMessagingTemplate template) {
        this.template = template;
    }

    @MessageMapping("/chat/sendMessage")
    void sendMessage(@Payload ChatMessage message) {
        template.convertAndSend("/topic/public/" + message.getRoomId(), message);
    }

    @MessageMapping("/chat/addUser")
    void addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        Map<String, Object> attributes = Objects.requireNonNull(headers.getSessionAttributes());
        attributes.put("username", Objects.requireNonNull(message.getSender()));
        attributes.put("roomId", Objects.requireNonNull(message.getRoomId()));
        template.convertAndSend("/topic/public/" + message.getRoomId(), message);
    }

    @MessageMapping("/chat/message/{roomId}")
    void message(@DestinationVariable String roomId, @Payload ChatMessage message) {
        template.convertAndSend("/topic/public/" + roomId, message);
    }
}
