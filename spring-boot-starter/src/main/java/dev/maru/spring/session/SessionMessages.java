package dev.maru.spring.session;

import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompHeaders;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.simp.user.DestinationUserNameProvider;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.InvalidMimeTypeException;

/**
 * Makes Spring messages of what clients send, with the headers that Spring's own STOMP support gives them.
 *
 * <p>Stateless; safe for any thread.
 */
public final class SessionMessages {
    private static final byte[] EMPTY = new byte[0];
    private static final String PRINCIPAL = SessionMessages.class.getName() + ".principal";

    private SessionMessages() {}

    /**
     * A client's frame as a message: the frame's headers as native headers, the session's id, its user and its live
     * attributes. The headers can be changed by interceptors, as in Spring.
     *
     * @throws InvalidMimeTypeException if the frame's {@code content-type} is none
     */
    public static Message<byte[]> of(Session session, StompCommand command, StompHeaders headers, byte[] body) {
        StompHeaderAccessor accessor = StompHeaderAccessor.create(command, nativeHeaders(headers));
        describe(session, accessor);
        return MessageBuilder.createMessage(body, accessor.getMessageHeaders());
    }

    /** What Spring's broker sends when it accepts a session. */
    static Message<byte[]> connected(Session session, Message<byte[]> connect) {
        SimpMessageHeaderAccessor accessor = SimpMessageHeaderAccessor.create(SimpMessageType.CONNECT_ACK);
        accessor.setHeader(SimpMessageHeaderAccessor.CONNECT_MESSAGE_HEADER, connect);
        describe(session, accessor);
        return MessageBuilder.createMessage(EMPTY, accessor.getMessageHeaders());
    }

    /**
     * A CONNECT frame as a message, before the session has a user.
     *
     * @param user who it would be, or null for nobody
     * @param chosen is told of each user that an interceptor sets instead
     */
    public static Message<byte[]> connect(
            Session session, StompHeaders headers, @Nullable Principal user, Consumer<Principal> chosen) {
        StompHeaderAccessor accessor = StompHeaderAccessor.create(StompCommand.CONNECT, nativeHeaders(headers));
        describe(session, accessor, user);
        accessor.setUserChangeCallback(chosen);
        return MessageBuilder.createMessage(EMPTY, accessor.getMessageHeaders());
    }

    /** The session's user as Spring knows it: nobody, where the user is no more than the session itself. */
    public static @Nullable Principal principal(Session session) {
        SessionUser user = session.user();
        if (user == null || user.anonymous()) {
            return null;
        }
        return session.attributes().get(PRINCIPAL) instanceof Principal chosen
                        && name(chosen).equals(user.name())
                ? chosen
                : user;
    }

    /** Makes an application's own principal the session's; the engine knows no more of it than its name. */
    public static SessionUser adopt(Session session, Principal principal) {
        return adopt(session.attributes(), principal);
    }

    /** The same before there is a session, for the attributes that it will begin with. */
    public static SessionUser adopt(Map<String, Object> attributes, Principal principal) {
        if (principal instanceof SessionUser user) {
            return user;
        }
        attributes.put(PRINCIPAL, principal);
        return new SessionUser(name(principal), false);
    }

    private static String name(Principal principal) {
        return principal instanceof DestinationUserNameProvider named
                ? named.getDestinationUserName()
                : principal.getName();
    }

    private static void describe(Session session, SimpMessageHeaderAccessor accessor) {
        describe(session, accessor, principal(session));
    }

    private static void describe(Session session, SimpMessageHeaderAccessor accessor, @Nullable Principal user) {
        accessor.setSessionId(session.id());
        accessor.setSessionAttributes(session.attributes());
        if (user != null) {
            accessor.setUser(user);
        }
        accessor.setLeaveMutable(true);
    }

    private static Map<String, List<String>> nativeHeaders(StompHeaders headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        headers.forEach((name, value) ->
                all.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value));
        return all;
    }
}
