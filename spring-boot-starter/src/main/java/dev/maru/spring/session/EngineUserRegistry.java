package dev.maru.spring.session;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompHeaders;
import java.security.Principal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpSubscription;
import org.springframework.messaging.simp.user.SimpSubscriptionMatcher;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;

/**
 * The users of this node's sessions, for applications that ask Spring's registry. As there, sessions that nobody
 * logged in to are not listed.
 *
 * <p>Kept up to date on the sessions' event loops, ahead of the application's own code; safe to ask from any thread.
 */
public final class EngineUserRegistry implements SimpUserRegistry {
    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, User> users = new ConcurrentHashMap<>();

    /** A session of this node, or null if there is none with this id. */
    public @Nullable Session session(String id) {
        return sessions.get(id);
    }

    /** What keeps it up to date. */
    public SessionListener listener() {
        return new Registration();
    }

    @Override
    public @Nullable SimpUser getUser(String userName) {
        return users.get(userName);
    }

    @Override
    public Set<SimpUser> getUsers() {
        return new HashSet<>(users.values());
    }

    @Override
    public int getUserCount() {
        return users.size();
    }

    @Override
    public Set<SimpSubscription> findSubscriptions(SimpSubscriptionMatcher matcher) {
        Set<SimpSubscription> found = new HashSet<>();
        users.values().stream()
                .flatMap(User::subscriptions)
                .filter(matcher::match)
                .forEach(found::add);
        return found;
    }

    private @Nullable UserSession find(Session session) {
        User user = users.get(userName(session));
        return user == null ? null : user.sessions.get(session.id());
    }

    private static String userName(Session session) {
        SessionUser user = session.user();
        return user == null ? "" : user.name();
    }

    /** Called on the sessions' event loops. */
    private final class Registration implements SessionListener {

        @Override
        public void onConnected(Session session, StompHeaders connect) {
            sessions.put(session.id(), session);
            Principal principal = SessionMessages.principal(session);
            if (principal != null) {
                users.compute(userName(session), (name, known) -> {
                    User user = known == null ? new User(name, principal) : known;
                    user.sessions.put(session.id(), new UserSession(session.id(), user));
                    return user;
                });
            }
        }

        @Override
        public void onSubscribed(Session session, String subscriptionId, String destination, StompHeaders subscribe) {
            UserSession known = find(session);
            if (known != null) {
                known.subscriptions.put(subscriptionId, new Subscription(subscriptionId, known, destination));
            }
        }

        @Override
        public void onUnsubscribed(Session session, String subscriptionId, String destination) {
            UserSession known = find(session);
            if (known != null) {
                known.subscriptions.remove(subscriptionId);
            }
        }

        @Override
        public void onClosed(Session session, CloseReason reason) {
            sessions.remove(session.id());
            users.computeIfPresent(userName(session), (name, user) -> {
                user.sessions.remove(session.id());
                return user.sessions.isEmpty() ? null : user;
            });
        }
    }

    private static final class User implements SimpUser {
        private final String name;
        private final Principal principal;
        private final ConcurrentMap<String, UserSession> sessions = new ConcurrentHashMap<>();

        User(String name, Principal principal) {
            this.name = name;
            this.principal = principal;
        }

        Stream<SimpSubscription> subscriptions() {
            return sessions.values().stream().flatMap(session -> session.subscriptions.values().stream());
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public Principal getPrincipal() {
            return principal;
        }

        @Override
        public boolean hasSessions() {
            return !sessions.isEmpty();
        }

        @Override
        public @Nullable SimpSession getSession(String sessionId) {
            return sessions.get(sessionId);
        }

        @Override
        public Set<SimpSession> getSessions() {
            return new HashSet<>(sessions.values());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class UserSession implements SimpSession {
        private final String id;
        private final User user;
        private final ConcurrentMap<String, Subscription> subscriptions = new ConcurrentHashMap<>();

        UserSession(String id, User user) {
            this.id = id;
            this.user = user;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public SimpUser getUser() {
            return user;
        }

        @Override
        public Set<SimpSubscription> getSubscriptions() {
            return new HashSet<>(subscriptions.values());
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private record Subscription(String id, UserSession session, String destination) implements SimpSubscription {

        @Override
        public String getId() {
            return id;
        }

        @Override
        public SimpSession getSession() {
            return session;
        }

        @Override
        public String getDestination() {
            return destination;
        }
    }
}
