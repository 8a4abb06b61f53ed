package com.example.tutorialredis;

import java.nio.charset.StandardCharsets;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.stereotype.Service;

/** Hands to those who are connected here what any server published. */
@Service
public class RedisSubscriber implements MessageListener {

    private final RedisTemplate<String, ChatMessage> template;
    private final SimpMessageSendingOperations messaging;

    public RedisSubscriber(RedisTemplate<String, ChatMessage> template, SimpMessageSendingOperations messaging) {
        this.template = template;
        this.messaging = messaging;
    }

    @Override
    public void onMessage(Message message, byte[] pattern) {
        String destination = new String(message.getChannel(), StandardCharsets.UTF_8);
        Object chatMessage = template.getValueSerializer().deserialize(message.getBody());
        if (chatMessage != null) {
            messaging.convertAndSend(destination, chatMessage);
        }
    }
}
