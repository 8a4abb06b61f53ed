package dev.maru.spring.presence;

import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.AntPathMatcher;

/**
 * Whoever is subscribed to a destination is present there. Subscriptions to patterns count nowhere.
 *
 * <p>Called on each session's event loop.
 */
final class SubscribedPresence implements SessionListener {
    private final Presence presence;
    private final List<String> patterns;
    private final AntPathMatcher matcher = new AntPathMatcher();
    private final Map<String, Map<String, Integer>> subscriptions = new ConcurrentHashMap<>();

    SubscribedPresence(Presence presence, List<String> patterns) {
        this.presence = presence;
        this.patterns = List.copyOf(patterns);
    }

    @Override
    public void onSubscribed(Session session, String subscriptionId, String destination, StompHeaders subscribe) {
        if (counts(destination)) {
            subscriptions.computeIfAbsent(session.id(), any -> new HashMap<>()).merge(destination, 1, Integer::sum);
            var _ = presence.join(session, destination, name(session));
        }
    }

    @Override
    public void onUnsubscribed(Session session, String subscriptionId, String destination) {
        Map<String, Integer> mine = subscriptions.get(session.id());
        if (mine != null
                && mine.containsKey(destination)
                && mine.computeIfPresent(destination, (any, count) -> count == 1 ? null : count - 1) == null) {
            presence.leave(session, destination, name(session));
        }
    }

    @Override
    public void onClosed(Session session, CloseReason reason) {
        subscriptions.remove(session.id());
    }

    private boolean counts(String destination) {
        return !DestinationPattern.isPattern(destination)
                && patterns.stream().anyMatch(pattern -> matcher.match(pattern, destination));
    }

    private static String name(Session session) {
        SessionUser user = session.user();
        return user == null ? session.id() : user.name();
    }
}
