package com.example.tutorial;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.stereotype.Controller;

/** Answers the asker alone. Its mappings are patterns. */
@Controller
public class HelpController {

    private final SimpMessageSendingOperations template;

    public HelpController(SimpMessageSendingOperations template) {
        this.template = template;
    }

    @MessageMapping("/help*")
    @SendToUser("/queue/help")
    public String help(StompHeaderAccessor frame) {
        return "Nothing to say about " + frame.getDestination();
    }

    @MessageMapping("/help/{topic}/**")
    @SendToUser(destinations = "/queue/help", broadcast = false)
    public String help(@DestinationVariable String topic, @Header(name = "lang", defaultValue = "en") String language) {
        return "ko".equals(language) ? topic + "에 대한 도움말" : "Help about " + topic;
    }

    /** Not as the result of the method, but by the template: that can be done from anywhere, and at any time. */
    @MessageMapping("/help/person")
    public void person(SimpMessageHeaderAccessor frame) {
        SimpMessageHeaderAccessor answer = SimpMessageHeaderAccessor.create(SimpMessageType.MESSAGE);
        answer.setSessionId(frame.getSessionId());
        template.convertAndSendToUser(
                frame.getSessionId(), "/queue/help", "Somebody will be with you", answer.getMessageHeaders());
    }
}
