package com.example.tutorialredis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.stereotype.Component;

/** A channel for each room that somebody here has entered; its name is the room's destination. */
@Component
public class RoomChannels {

    private final Map<String, ChannelTopic> channels = new ConcurrentHashMap<>();
    private final RedisMessageListenerContainer container;
    private final RedisSubscriber subscriber;

    public RoomChannels(RedisMessageListenerContainer container, RedisSubscriber subscriber) {
        this.container = container;
        this.subscriber = subscriber;
    }

    public ChannelTopic enter(String roomId) {
        return channels.computeIfAbsent("/topic/public/" + roomId, destination -> {
            ChannelTopic channel = new ChannelTopic(destination);
            container.addMessageListener(subscriber, channel);
            return channel;
        });
    }
}
