package com.example.tutorial;

import java.util.Map;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Controller;

/** The second version, where the message names its room, and the third, where the destination does. */
@Controller
public class ChatController {

    private static final int LONGEST = 1_000;

    private final SimpMessagingTemplate template;

    public ChatController(SimpMessagingTemplate template) {
        this.template = template;
    }

    @MessageMapping("/chat/sendMessage")
    public void sendMessage(@Payload ChatMessage message) {
        tell(message.getRoomId(), message);
    }

    @MessageMapping("/chat/addUser")
    public void addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        Map<String, Object> session = headers.getSessionAttributes();
        session.put("username", message.getSender());
        session.put("roomId", message.getRoomId());
        tell(message.getRoomId(), message);
    }

    @MessageMapping("/chat/message/{roomId}")
    public void message(@DestinationVariable String roomId, @Payload ChatMessage message) {
        tell(roomId, message);
    }

    /** Whoever subscribes to {@code /app/chat/welcome/{roomId}} gets this once, and nobody else does. */
    @SubscribeMapping("/chat/welcome/{roomId}")
    public ChatMessage welcome(@DestinationVariable String roomId) {
        return new ChatMessage(roomId, ChatMessage.Type.TALK, "Host", "Welcome to " + roomId);
    }

    @MessageExceptionHandler(IllegalArgumentException.class)
    @SendToUser(destinations = "/queue/problems", broadcast = false)
    public String tooLong(IllegalArgumentException problem) {
        return problem.getMessage();
    }

    private void tell(String roomId, ChatMessage message) {
        if (message.getMessage() != null && message.getMessage().length() > LONGEST) {
            throw new IllegalArgumentException("A message has at most " + LONGEST + " characters");
        }
        template.convertAndSend("/topic/public/" + roomId, message);
    }
}
