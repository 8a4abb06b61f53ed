package dev.maru.engine.presence;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is where. A session holds a set of (place, person); a person is at a place as long as some session holds the
 * pair, or for a grace period after the last one was lost without a farewell. Everybody who was present when the
 * server stopped counts as present for a while after its start, so that a restart makes no noise.
 *
 * <p>A node that is alone decides all of this in memory and at once, and its store only remembers. Where several nodes
 * share a store, the sessions and the grace periods are each node's own matter, and who is where is the store's: a node
 * tells it whom it holds ({@link PresenceMoves}), and has a copy of who is held by any ({@link PresenceCopy}).
 *
 * <p>Safe for any thread. What a session holds has a lock, taken first, and each place has one, under which listeners
 * are called if the node is alone; nothing waits under either. A place nobody is at takes no memory.
 */
public final class Presence implements SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private static final long LOOK_MILLIS = 2000;

    private final PresenceSettings settings;
    private final Supplier<CompletionStage<Void>> restoring;
    private final Place.Changes changes;
    private final @Nullable PresenceCopy copy;
    private final @Nullable PresenceMoves moves;
    private final ScheduledExecutorService timer;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Set<PresentPerson>> heldBy = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    /**
     * On a node that is alone.
     *
     * @param listener told of each change under the lock of its place; must not call back into this object
     * @param timer ends grace periods; whoever made it shuts it down
     */
    public Presence(
            PresenceSettings settings, PresenceStore store, PresenceListener listener, ScheduledExecutorService timer) {
        this.settings = settings;
        this.timer = timer;
        this.copy = null;
        this.moves = null;
        this.changes = new DecidedHere(store, listener);
        this.restoring = () -> store.load().thenAccept(this::takeUp);
    }

    /**
     * On one of several nodes.
     *
     * @param listener told of each change, one after the other; must not call back into this object
     * @param timer ends grace periods, and looks for changes every two seconds; whoever made it shuts it down
     */
    public Presence(
            PresenceSettings settings,
            SharedPresenceStore store,
            PresenceListener listener,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.timer = timer;
        PresenceCopy seen = new PresenceCopy(store, listener);
        PresenceMoves told = new PresenceMoves(store, seen, timer);
        this.copy = seen;
        this.moves = told;
        this.changes = new DecidedByAll(told);
        this.restoring = () -> seen.load().thenRun(() -> watch(store, seen, told));
    }

    /** Takes up those who were present when the server stopped. Completes before the first session is opened. */
    public CompletionStage<Void> restore() {
        return restoring.get();
    }

    /**
     * The session brings this person to this place. The stage completes, with whether the person was not there yet, when
     * the listener has been told if so: at once on a node that is alone, otherwise when it is stored; exceptionally with
     * a {@link dev.maru.engine.history.LogUnavailableException} if it cannot be stored now, and then it will be as long
     * as the session is open. A session that is closed brings nobody.
     */
    public CompletionStage<Boolean> join(Session session, String place, String person) {
        PresentPerson who = new PresentPerson(place, person);
        Set<PresentPerson> held = heldBy.computeIfAbsent(session.id(), key -> new HashSet<>());
        synchronized (held) {
            if (!session.isOpen()) {
                heldBy.remove(session.id());
                return CompletableFuture.completedStage(false);
            }
            held.add(who);
            boolean[] joined = new boolean[1];
            change(place, there -> joined[0] = there.hold(who, session.id()));
            return moves == null || !joined[0] ? CompletableFuture.completedStage(joined[0]) : moves.arrival(who);
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
        if (copy != null) {
            return copy.at(place);
        }
        PeopleHere[] here = {PeopleHere.NOBODY};
        places.computeIfPresent(place, (key, there) -> {
            here[0] = there.people();
            return there;
        });
        return here[0];
    }

    /** How many people are at the place. */
    public int count(String place) {
        return copy != null ? copy.count(place) : at(place).people().size();
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

    private void takeUp(Collection<PresentPerson> people) {
        people.forEach(person -> {
            int[] loss = new int[1];
            change(person.place(), place -> loss[0] = place.restore(person));
            leaveLater(person, loss[0], settings.awayAfterRestart());
        });
    }

    private void watch(SharedPresenceStore store, PresenceCopy seen, PresenceMoves told) {
        store.onNews(seen::refresh, () -> holdAgain(told));
        timer.scheduleWithFixedDelay(seen::refresh, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Under the lock of each place, so that nobody is held again who is just let go. */
    private void holdAgain(PresenceMoves told) {
        List.copyOf(places.keySet())
                .forEach(name -> change(
                        name,
                        place -> place.people()
                                .people()
                                .forEach(person -> told.again(new PresentPerson(name, person)))));
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
            Place place = existing == null ? new Place(changes, versions::incrementAndGet) : existing;
            action.accept(place);
            return place.isEmpty() ? null : place;
        });
    }

    private record DecidedHere(PresenceStore store, PresenceListener listener) implements Place.Changes {
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

        private static void logFailure(CompletionStage<?> write) {
            write.exceptionally(error -> {
                log.warn("Presence could not be stored; after a restart it may differ", error);
                return null;
            });
        }
    }

    private record DecidedByAll(PresenceMoves moves) implements Place.Changes {
        @Override
        public void joined(PresentPerson person, long version) {
            moves.move(person, true);
        }

        @Override
        public void left(PresentPerson person, long version) {
            moves.move(person, false);
        }
    }

    /**
     * The people at a place.
     *
     * @param version grows with each change of the set
     * @param people in the order of their coming
     */
    public record PeopleHere(long version, List<String> people) {
        static final PeopleHere NOBODY = new PeopleHere(0, List.of());
    }
}
