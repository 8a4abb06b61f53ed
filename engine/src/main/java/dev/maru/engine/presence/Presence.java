package dev.maru.engine.presence;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is where. A session holds a set of (place, person); a person is at a place as long as some session holds the
 * pair, or for a grace period after the last one was lost without a farewell. Everybody who was present when the
 * server stopped counts as present for a while after its start, so that a restart makes no noise.
 *
 * <p>Safe for any thread. What a session holds has a lock, taken first, and each place has one, under which listeners
 * are called; nothing waits under either. A place nobody is at takes no memory.
 */
public final class Presence implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final PresenceSettings settings;
    private final PresenceStore store;
    private final PresenceListener listener;
    private final ScheduledExecutorService timer;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Set<PresentPerson>> heldBy = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    /**
     * @param listener told of each change under the lock of its place; must not call back into this object
     * @param timer ends grace periods; whoever made it shuts it down
     */
    public Presence(
            PresenceSettings settings, PresenceStore store, PresenceListener listener, ScheduledExecutorService timer) {
        this.settings = settings;
        this.store = store;
        this.listener = listener;
        this.timer = timer;
    }

    /** Takes up those who were present when the server stopped. Completes before the first session is opened. */
    public CompletionStage<Void> restore() {
        return store.load()
                .thenAccept(people -> people.forEach(person -> {
                    int[] loss = new int[1];
                    change(person.place(), place -> loss[0] = place.restore(person));
                    leaveLater(person, loss[0], settings.awayAfterRestart());
                }));
    }

    /**
     * The session brings this person to this place. Returns whether the person was not there yet; if so, the listener
     * has been told. A session that is closed brings nobody.
     */
    public boolean join(Session session, String place, String person) {
        PresentPerson who = new PresentPerson(place, person);
        Set<PresentPerson> held = heldBy.computeIfAbsent(session.id(), key -> new HashSet<>());
        synchronized (held) {
            if (!session.isOpen()) {
                heldBy.remove(session.id());
                return false;
            }
            held.add(who);
            boolean[] joined = new boolean[1];
            change(place, there -> joined[0] = there.hold(who, session.id()));
            return joined[0];
        }
    }

    /** The session takes this person from this place, if it holds the pair. */
    public void leave(Session session, String place, String person) {
        PresentPerson who = new PresentPerson(place, person);
        Set<PresentPerson> held = heldBy.getOrDefault(session.id(), Set.of());
        synchronized (held) {
            if (held.contains(who) && held.remove(who)) {
                release(who, session.id(), true);
            }
        }
    }

    /** Who is at the place, in the order of their coming, with the version of this set. */
    public PeopleHere at(String place) {
        PeopleHere[] here = {new PeopleHere(0, List.of())};
        places.computeIfPresent(place, (key, there) -> {
            here[0] = there.people();
            return there;
        });
        return here[0];
    }

    /** How many people are at the place. */
    public int count(String place) {
        return at(place).people().size();
    }

    @Override
    public void onClosed(Session session, CloseReason reason) {
        Set<PresentPerson> held = heldBy.remove(session.id());
        if (held == null || reason == CloseReason.SERVER_SHUTDOWN) {
            return;
        }
        synchronized (held) {
            held.forEach(who -> release(who, session.id(), reason.deliberate()));
        }
    }

    private void release(PresentPerson who, String sessionId, boolean atOnce) {
        int[] loss = new int[1];
        change(who.place(), place -> {
            loss[0] = place.release(who, sessionId);
            if (atOnce || settings.grace().isZero()) {
                place.leave(who, loss[0]);
            }
        });
        if (loss[0] > 0 && !atOnce && !settings.grace().isZero()) {
            leaveLater(who, loss[0], settings.grace());
        }
    }

    private void leaveLater(PresentPerson who, int loss, Duration delay) {
        var _ = timer.schedule(
                () -> change(who.place(), place -> place.leave(who, loss)), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Acts on a place under its lock; a place that stays empty is forgotten. */
    private void change(String name, Consumer<Place> action) {
        places.compute(name, (key, existing) -> {
            Place place = existing == null ? new Place(new Changes(), versions::incrementAndGet) : existing;
            action.accept(place);
            return place.isEmpty() ? null : place;
        });
    }

    private final class Changes implements Place.Changes {
        @Override
        public void joined(PresentPerson person, long version) {
            listener.onJoined(person, version);
            logFailure(store.put(person));
        }

        @Override
        public void left(PresentPerson person, long version) {
            listener.onLeft(person, version);
            logFailure(store.remove(person));
        }

        private void logFailure(CompletionStage<?> write) {
            write.exceptionally(error -> {
                log.warn("Presence could not be stored; after a restart it may differ", error);
                return null;
            });
        }
    }

    /**
     * The people at a place.
     *
     * @param version grows with each change of the set
     * @param people in the order of their coming
     */
    public record PeopleHere(long version, List<String> people) {}
}
