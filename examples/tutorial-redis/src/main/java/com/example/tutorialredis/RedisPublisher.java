package com.example.tutorialredis;

import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.stereotype.Service;

/** Tells all servers what was said in a room. */
@Service
public class RedisPublisher {

    private final RedisTemplate<String, ChatMessage> template;

    public RedisPublisher(RedisTemplate<String, ChatMessage> template) {
        this.template = template;
    }

    public void publish(ChannelTopic channel, ChatMessage message) {
        template.convertAndSend(channel.getTopic(), message);
    }
}
