package com.example.tutorial;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Controller;

/** The first version of the chat: no rooms, and what a method returns is what everybody gets. */
@Controller
public class LobbyController {

    @MessageMapping("/lobby/sendMessage")
    @SendTo("/topic/public")
    public ChatMessage sendMessage(@Payload ChatMessage message) {
        return message;
    }

    @MessageMapping("/lobby/addUser")
    @SendTo("/topic/public")
    public ChatMessage addUser(@Payload ChatMessage message, SimpMessageHeaderAccessor headers) {
        headers.getSessionAttributes().put("username", message.getSender());
        return message;
    }

    /** Says no destination, so it is the mapping's own under the broker's prefix: {@code /topic/lobby/wave}. */
    @MessageMapping("/lobby/wave")
    public ChatMessage wave(@Payload ChatMessage message) {
        return message;
    }
}
