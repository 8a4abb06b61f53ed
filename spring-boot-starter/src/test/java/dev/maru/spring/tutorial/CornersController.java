package dev.maru.spring.tutorial;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Session;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.messaging.simp.annotation.SendToUser;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** What Spring's messaging model offers beside what the tutorial uses. */
@Controller
class CornersController {
    private final SimpMessagingTemplate template;
    private final ChatEvents events;
    private final Gate gate;

    CornersController(SimpMessagingTemplate template, ChatEvents events, Gate gate) {
        this.template = template;
        this.events = events;
        this.gate = gate;
    }

    @MessageMapping("/thread")
    @SendTo("/topic/answers")
    String thread(Session session) {
        events.note(session.id(), "method");
        return "virtual: " + Thread.currentThread().isVirtual();
    }

    @MessageMapping("/header")
    @SendTo("/topic/answers")
    String header(
            @Header("colour") String colour, @Headers Map<String, Object> all, SimpMessageHeaderAccessor accessor) {
        return colour + " " + accessor.getFirstNativeHeader("shape") + " " + all.containsKey("simpSessionId");
    }

    @MessageMapping("/whoami")
    @SendTo("/topic/answers")
    String whoami(Optional<Principal> user) {
        return user.map(Principal::getName).orElse("nobody") + " is logged in";
    }

    @MessageMapping("/journal")
    void journal(String text) {
        template.convertAndSend("/topic/journal", text);
    }

    @MessageMapping("/journal/later")
    @SendTo("/topic/journal")
    CompletableFuture<String> journalLater(String text) {
        return gate.opened().thenApply(any -> text);
    }

    @MessageMapping("/later/mono")
    @SendTo("/topic/answers")
    Mono<String> mono(String text) {
        return Mono.fromFuture(gate.opened()).thenReturn(text);
    }

    @MessageMapping("/later/refused")
    CompletableFuture<String> refusedLater() {
        return gate.opened().thenApply(any -> {
            throw new Refusal(SessionFault.FORBIDDEN, "not now");
        });
    }

    @MessageMapping("/slow")
    @SendTo("/topic/answers")
    String slow(String text) {
        gate.opened().join();
        return text;
    }

    @MessageMapping("/refused")
    void refused() {
        throw new Refusal(SessionFault.FORBIDDEN, "not you");
    }

    @MessageMapping("/broken")
    void broken() {
        throw new IllegalStateException("a secret of the server");
    }

    @MessageMapping("/handled")
    void handled() {
        throw new UnsupportedOperationException("handled");
    }

    @MessageMapping("/mishandled")
    void mishandled() {
        throw new ArithmeticException("mishandled");
    }

    @MessageExceptionHandler
    @SendToUser("/queue/complaints")
    String handle(UnsupportedOperationException exception) {
        return "sorry: " + exception.getMessage();
    }

    @MessageExceptionHandler
    void handle(ArithmeticException exception) {
        throw new Refusal(SessionFault.FORBIDDEN, exception.getMessage() + " after all");
    }

    @MessageMapping("/answer/session")
    @SendToUser(destinations = "/queue/answers", broadcast = false)
    String answerSession(String text) {
        return text;
    }

    @MessageMapping("/answer/user")
    @SendToUser("/queue/answers")
    String answerUser(String text) {
        return text;
    }

    @MessageMapping("/tell/{name}")
    void tell(@DestinationVariable String name, String text) {
        template.convertAndSendToUser(name, "/queue/answers", text);
    }

    @SubscribeMapping("/history/{topic}")
    String history(@DestinationVariable String topic) {
        return "the history of " + topic;
    }

    @MessageMapping("/coloured")
    void coloured(String text) {
        template.convertAndSend("/topic/answers", (Object) text, Map.of("colour", "red"));
    }

    @MessageMapping("/forward")
    void forward(String text, SimpMessageHeaderAccessor accessor) {
        template.convertAndSend("/topic/answers", (Object) text, accessor.getMessageHeaders());
    }
}
