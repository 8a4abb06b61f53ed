package dev.maru.spring.tutorial;

import java.util.Objects;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Controller;

/** The tutorial's first version: one room, the returned message goes to all. */
@Controller
class FirstChatController {

    @MessageMapping("/first/sendMessage")
    @SendTo("/topic/public")
    ChatMessage sendMessage(@Payload ChatMessage message) {
        return message;
    }

    @MessageMapping("/first/addUser")
    @SendTo("/topic/public")
    ChatMessage addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        Objects.requireNonNull(headers.getSessionAttributes())
                .put("username", Objects.requireNonNull(message.getSender()));
        return message;
    }

    @MessageMapping("/first/unaddressed")
    ChatMessage unaddressed(@Payload ChatMessage message) {
        return message;
    }
}
