package dev.maru.spring.identity;

import dev.maru.engine.Engine;
import dev.maru.engine.session.Credential;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.SessionUser;
import dev.maru.transport.http.HandshakeDecision;
import dev.maru.transport.http.HandshakePolicy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.CookieWebSessionIdResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Knows who connects by the application's own log-in: the cookie of a WebFlux session in which Spring Security has put
 * who somebody is. WebSockets do not pass the application's filters, so the session is looked up here. Roles lose
 * Spring's {@code ROLE_}. A connection without such a session is let in as nobody's; where its page comes from has been
 * checked before.
 *
 * <p>Safe for any thread; never blocks.
 */
public final class WebSessionUsers implements HandshakePolicy {

    /** What Spring Security calls its attribute of a session. */
    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    private static final String ROLE = "ROLE_";

    private final ObjectProvider<WebSessionManager> sessions;
    private final ObjectProvider<Engine> engine;

    WebSessionUsers(ObjectProvider<WebSessionManager> sessions, ObjectProvider<Engine> engine) {
        this.sessions = sessions;
        this.engine = engine;
    }

    @Override
    public CompletionStage<HandshakeDecision> decide(Handshake handshake) {
        if (!(sessions.getIfAvailable() instanceof DefaultWebSessionManager manager)) {
            return CompletableFuture.completedStage(HandshakeDecision.ACCEPT);
        }
        Optional<String> id = cookie(handshake.headers().get("cookie"), cookieName(manager));
        return id.isEmpty()
                ? CompletableFuture.completedStage(HandshakeDecision.ACCEPT)
                : manager.getSessionStore().retrieveSession(id.get()).toFuture().thenApply(WebSessionUsers::accept);
    }

    private static HandshakeDecision accept(@Nullable WebSession session) {
        return session == null
                ? HandshakeDecision.ACCEPT
                : new HandshakeDecision.Accept(user(session).orElse(null));
    }

    /**
     * Closes the connections that were opened with this session: for the handler of a log-out.
     *
     * @param session as it is before it is invalidated
     */
    public void end(WebSession session) {
        engine.getObject().registry().revokeCredential(credential(session.getId()));
    }

    private static Optional<SessionUser> user(WebSession session) {
        return session.getAttribute(CONTEXT) instanceof SecurityContext context
                ? Optional.ofNullable(context.getAuthentication())
                        .filter(user -> user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken))
                        .map(user -> user(user, session.getId()))
                : Optional.empty();
    }

    private static SessionUser user(Authentication user, String session) {
        return new SessionUser(
                user.getName(),
                false,
                user.getName(),
                user.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .flatMap(Stream::ofNullable)
                        .map(role -> role.startsWith(ROLE) ? role.substring(ROLE.length()) : role)
                        .collect(Collectors.toUnmodifiableSet()),
                new Credential(credential(session), null));
    }

    /** The id of a session opens it, so it goes nowhere. */
    private static String credential(String session) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8));
            return "web-session:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String cookieName(DefaultWebSessionManager manager) {
        return manager.getSessionIdResolver() instanceof CookieWebSessionIdResolver cookies
                ? cookies.getCookieName()
                : "SESSION";
    }

    private static Optional<String> cookie(@Nullable String header, String name) {
        return header == null
                ? Optional.empty()
                : Stream.of(header.split(";"))
                        .map(String::strip)
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> pair.substring(name.length() + 1))
                        .findFirst();
    }
}
