package peer;

import dev.maru.spring.EnableMaruMessageBroker;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** The peer on Spring's simple broker, with one annotation swapped. */
@SpringBootApplication
@EnableMaruMessageBroker
public class StarterPeer implements WebSocketMessageBrokerConfigurer {

    public static void main(String[] arguments) {
        SpringApplication.run(StarterPeer.class, arguments);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws").setAllowedOriginPatterns("*");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.enableSimpleBroker("/topic");
        registry.setApplicationDestinationPrefixes("/app");
    }

    /** One chat message as it travels. */
    public record ChatMessage(String roomId, String type, String sender, String message) {}

    /** Relays what is said in a room to the room. */
    @Controller
    public static class ChatController {
        private final SimpMessagingTemplate template;

        public ChatController(SimpMessagingTemplate template) {
            this.template = template;
        }

        @MessageMapping("/chat/sendMessage")
        public void sendMessage(@Payload ChatMessage message) {
            template.convertAndSend("/topic/public/" + message.roomId(), message);
        }
    }
}
