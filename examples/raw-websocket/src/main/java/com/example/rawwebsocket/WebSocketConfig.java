package com.example.rawwebsocket;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

@Configuration
class WebSocketConfig implements WebSocketConfigurer {
    private final ChatHandler chat;

    WebSocketConfig(ChatHandler chat) {
        this.chat = chat;
    }

    /** Plain WebSockets connect to the same path that sockjs-client is given. */
    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(chat, "/ws/chat").withSockJS();
    }
}
