package com.example.videocall;

import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

@Controller
class CallController {
    private static final String OTHER = "other";
    private static final String SIGNALS = "/queue/signals";

    private final SimpMessagingTemplate template;
    private final SimpUserRegistry users;

    CallController(SimpMessagingTemplate template, SimpUserRegistry users) {
        this.template = template;
        this.users = users;
    }

    /** Passes a signal on, and remembers who is talking to whom. */
    @MessageMapping("/call/{name}")
    void signal(@DestinationVariable String name, Signal signal, Principal from, SimpMessageHeaderAccessor headers) {
        Map<String, Object> session = Objects.requireNonNull(headers.getSessionAttributes());
        if (users.getUser(name) == null) {
            send(from.getName(), new Signal(name, "away", null));
            return;
        }
        if (signal.type().equals("bye")) {
            session.remove(OTHER);
        } else {
            session.put(OTHER, name);
        }
        send(name, new Signal(from.getName(), signal.type(), signal.content()));
    }

    /** A closed page says no good-bye, so it is said for it. */
    @EventListener
    void left(SessionDisconnectEvent event) {
        Map<String, Object> session = SimpMessageHeaderAccessor.getSessionAttributes(
                event.getMessage().getHeaders());
        if (event.getUser() != null && session != null && session.get(OTHER) instanceof String other) {
            send(other, new Signal(event.getUser().getName(), "bye", null));
        }
    }

    private void send(String to, Signal signal) {
        template.convertAndSendToUser(to, SIGNALS, signal);
    }
}
