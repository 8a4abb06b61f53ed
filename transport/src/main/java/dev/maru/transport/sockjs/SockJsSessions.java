package dev.maru.transport.sockjs;

import dev.maru.engine.session.Handshake;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The SockJS sessions at one base address, by the ids that their clients have chosen.
 *
 * <p>Safe for any thread.
 */
public final class SockJsSessions {
    private final SockJsSettings settings;
    private final SockJsApplications applications;
    private final Map<String, Owned> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private record Owned(SockJsSession session, String owner) {}

    public SockJsSessions(SockJsSettings settings, SockJsApplications applications) {
        this.settings = settings;
        this.applications = applications;
    }

    /** Whether there is such a session, whoever it belongs to. */
    public boolean has(String id) {
        return sessions.containsKey(id);
    }

    /** The session with this id, if it belongs to this owner. */
    public @Nullable SockJsSession find(String id, String owner) {
        Owned found = sessions.get(id);
        return found != null && found.owner().equals(owner) ? found.session() : null;
    }

    /**
     * A new session, to be handed its first request at once.
     *
     * @param whenForgotten runs when it is no longer counted
     * @return null if there are too many, or if the id has just been taken
     */
    public @Nullable SockJsSession create(
            String id, String owner, Handshake handshake, SockJsSession.Loop loop, Runnable whenForgotten) {
        if (count.incrementAndGet() > settings.maxSessions()) {
            count.decrementAndGet();
            return null;
        }
        SockJsSession session = new SockJsSession(settings, loop, handshake, applications, () -> {
            sessions.remove(id);
            count.decrementAndGet();
            whenForgotten.run();
        });
        if (sessions.putIfAbsent(id, new Owned(session, owner)) != null) {
            count.decrementAndGet();
            return null;
        }
        return session;
    }

    /** How many sessions were closed whose clients will hear of it when they ask the next time. */
    public int owingFarewells() {
        return (int) sessions.values().stream()
                .filter(owned -> owned.session().owesFarewell())
                .count();
    }

    /** How many sessions there are, those that are only remembered among them. */
    public int size() {
        return count.get();
    }
}
