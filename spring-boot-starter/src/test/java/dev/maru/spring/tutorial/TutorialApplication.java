package dev.maru.spring.tutorial;

import dev.maru.engine.session.Authenticator;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.destination.RecoverableDestinations;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A WebFlux application that has chat, a log and pages of its own. */
@SpringBootApplication
public class TutorialApplication {

    @Bean
    HeldLog journal() {
        return new HeldLog();
    }

    @Bean
    RecoverableDestinations journalDestination(HeldLog journal) {
        return new RecoverableDestinations("/topic/journal", journal);
    }

    /** Whoever gives a login is that user. */
    @Bean
    Authenticator loginsAreUsers() {
        return (session, connect) -> {
            String login = connect.get("login");
            return CompletableFuture.completedStage(
                    login == null ? new SessionUser(session.id(), true) : new SessionUser(login, false));
        };
    }

    @RestController
    static class Pages {

        @GetMapping("/hello")
        Map<String, String> hello() {
            return Map.of("hello", "world");
        }

        @PostMapping("/echo")
        String echo(@RequestBody String body) {
            return body;
        }
    }
}
