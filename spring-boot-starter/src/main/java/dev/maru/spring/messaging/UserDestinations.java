package dev.maru.spring.messaging;

import dev.maru.engine.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;
import org.springframework.messaging.simp.user.UserDestinationMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;

/**
 * Publishes what an application sends to {@code /user/{name}/…}. The engine knows its users and needs no translation
 * to destinations of single sessions; where the message names a session of that user, that one alone gets it.
 *
 * <p>Safe for any thread.
 */
final class UserDestinations extends UserDestinationMessageHandler {
    static final String PREFIX = "/user/";

    private final SimpUserRegistry users;
    private final Supplier<Engine> engine;

    UserDestinations(
            SubscribableChannel inbound,
            SubscribableChannel brokerChannel,
            UserDestinationResolver resolver,
            SimpUserRegistry users,
            Supplier<Engine> engine) {
        super(inbound, brokerChannel, resolver);
        this.users = users;
        this.engine = engine;
    }

    @Override
    public void handleMessage(Message<?> message) {
        String destination = SimpMessageHeaderAccessor.getDestination(message.getHeaders());
        SimpMessageType type = SimpMessageHeaderAccessor.getMessageType(message.getHeaders());
        if (destination != null && type == SimpMessageType.MESSAGE && destination.startsWith(PREFIX)) {
            String session = SimpMessageHeaderAccessor.getSessionId(message.getHeaders());
            EngineBroker.publish(engine.get(), narrow(destination, session), OutgoingContent.of(message));
        }
    }

    /** Names the session in the place of the user, as Spring does for users who have not logged in. */
    private String narrow(String destination, @Nullable String session) {
        int end = destination.indexOf('/', PREFIX.length());
        if (end < 0) {
            throw new IllegalArgumentException("no destination of a user: " + destination);
        }
        SimpUser user = users.getUser(destination.substring(PREFIX.length(), end).replace("%2F", "/"));
        boolean named = user != null && session != null && user.getSession(session) != null;
        return named ? PREFIX + session + destination.substring(end) : destination;
    }
}
