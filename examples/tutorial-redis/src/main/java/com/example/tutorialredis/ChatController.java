package com.example.tutorialredis;

import java.util.Map;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Controller;

/** Everything said goes to Redis first, and comes back from there. */
@Controller
public class ChatController {

    private final RedisPublisher publisher;
    private final RoomChannels channels;

    public ChatController(RedisPublisher publisher, RoomChannels channels) {
        this.publisher = publisher;
        this.channels = channels;
    }

    @MessageMapping("/chat/addUser")
    public void addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        Map<String, Object> session = headers.getSessionAttributes();
        session.put("username", message.getSender());
        session.put("roomId", message.getRoomId());
        publisher.publish(channels.enter(message.getRoomId()), message);
    }

    @MessageMapping("/chat/sendMessage")
    public void sendMessage(@Payload ChatMessage message) {
        publisher.publish(channels.enter(message.getRoomId()), message);
    }
}
