package dev.maru.spring.messaging;

import dev.maru.engine.Engine;
import dev.maru.engine.destination.UserDestination;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.session.EngineUserRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.user.UserDestinationMessageHandler;
import org.springframework.messaging.simp.user.UserDestinationResolver;

/**
 * Sends on what an application sends to {@code /user/{name}/…}. The engine routes such destinations itself; where the
 * message names a session of that user, that session alone gets it.
 *
 * <p>Safe for any thread.
 */
final class UserDestinations extends UserDestinationMessageHandler {
    static final String PREFIX = UserDestination.PREFIX;

    private final EngineUserRegistry users;
    private final Supplier<Engine> engine;

    UserDestinations(
            SubscribableChannel inbound,
            SubscribableChannel brokerChannel,
            UserDestinationResolver resolver,
            EngineUserRegistry users,
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
            send(destination, SimpMessageHeaderAccessor.getSessionId(message.getHeaders()), message);
        }
    }

    private void send(String destination, @Nullable String sessionId, Message<?> message) {
        int end = destination.indexOf('/', PREFIX.length());
        if (end < 0) {
            throw new IllegalArgumentException("no destination of a user: " + destination);
        }
        String user = destination.substring(PREFIX.length(), end).replace("%2F", "/");
        Session session = sessionId == null ? null : users.session(sessionId);
        if (session != null && belongsTo(session, user)) {
            session.send("/user" + destination.substring(end), OutgoingContent.of(message));
        } else {
            // Spring escapes the slash alone; the engine escapes more.
            String canonical = UserDestination.of(user, destination.substring(end));
            EngineBroker.publish(engine.get(), "", canonical, OutgoingContent.of(message));
        }
    }

    /** As in Spring, the session's id stands in the place of the name for a user who has not logged in. */
    private static boolean belongsTo(Session session, String user) {
        SessionUser known = session.user();
        return user.equals(session.id()) || (known != null && !known.anonymous() && user.equals(known.name()));
    }
}
