package com.example.videocall;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/** Everybody is who they say they are: enough for an example, and the place where a token would be checked. */
class LoginByName implements ChannelInterceptor {

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        StompHeaderAccessor accessor =
                Objects.requireNonNull(MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class));
        if (accessor.getCommand() == StompCommand.CONNECT) {
            String name = accessor.getLogin();
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("a login is needed");
            }
            accessor.setUser(() -> name);
        }
        return message;
    }
}
