package dev.maru.chat.embedded;

import dev.maru.chat.access.ChatIdentity;
import dev.maru.chat.access.ChatPermissions;
import dev.maru.chat.event.ChatEvent;
import dev.maru.chat.message.Author;
import dev.maru.chat.moderation.ChatModeration;
import dev.maru.chat.moderation.Verdict;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.SessionUser;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * A company whose employees log in by a header, who may do in a room what a table of the company's says, and whose
 * moderator does not like some words.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class HostApplication {
    static final String USER = "x-user";
    private static final Map<String, String> FULL_NAMES = Map.of("jane", "Jane Doe", "minsu", "김민수", "eve", "Eve");

    final Map<String, Set<String>> rooms = new ConcurrentHashMap<>();
    final List<ChatEvent> events = new CopyOnWriteArrayList<>();

    void open(String room, String... users) {
        rooms.put(room, Set.of(users));
    }

    @Bean
    HandshakePolicy logIn() {
        return handshake -> {
            String name = handshake.headers().get(USER);
            SessionUser user = name == null ? null : new SessionUser(name, false);
            return CompletableFuture.completedStage(new HandshakeDecision.Accept(user));
        };
    }

    @Bean
    WebFilter httpLogIn() {
        return (exchange, chain) -> {
            String name = exchange.getRequest().getHeaders().getFirst(USER);
            return name == null
                    ? chain.filter(exchange)
                    : chain.filter(exchange.mutate()
                            .principal(Mono.just(new SessionUser(name, false)))
                            .build());
        };
    }

    @Bean
    ChatIdentity employees() {
        return user -> new Author("employee:" + user.getName(), FULL_NAMES.get(user.getName()));
    }

    @Bean
    ChatPermissions table() {
        return (who, action, room) -> who.user() != null
                && rooms.getOrDefault(room, Set.of()).contains(who.user().getName());
    }

    @Bean
    ChatModeration moderator() {
        return (who, message) -> {
            String text = message.text();
            if (text.contains("broken moderator")) {
                throw new IllegalStateException("broken");
            }
            if (text.contains("unsure")) {
                return Verdict.hold("ask the boss");
            }
            if (text.contains("forbidden")) {
                return Verdict.refuse("Say it with other words.");
            }
            if (text.contains("refusal")) {
                throw new Refusal(SessionFault.FORBIDDEN, "never");
            }
            return text.contains("damn") ? Verdict.change(text.replace("damn", "****")) : Verdict.PASS;
        };
    }

    /** The company has rooms and members of its own, with these names. */
    @Bean("rooms")
    String meetingRooms() {
        return "Blue, Green";
    }

    @Bean("members")
    String boardMembers() {
        return "Jane";
    }

    @EventListener
    void onChat(ChatEvent event) {
        events.add(event);
    }
}
