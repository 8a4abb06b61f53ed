package dev.maru.engine.presence;

import dev.maru.engine.presence.Presence.PeopleHere;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is where on all nodes, as this node knows it: the store's changes, read one after the other and told in their order.
 * Several nodes have the same copy but for the moment that reading takes. It knows everybody, so that nobody who asks
 * waits for the store.
 *
 * <p>Safe for any thread. One read is under way at a time, and the listener is called by whoever completes it, outside of
 * the lock.
 */
final class PresenceCopy {
    private static final Logger log = LoggerFactory.getLogger(PresenceCopy.class);

    private final SharedPresenceStore store;
    private final PresenceListener listener;
    private final Map<String, Here> places = new HashMap<>();
    private long version;
    private boolean reading;
    private boolean failing;
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();

    PresenceCopy(SharedPresenceStore store, PresenceListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** Reads everybody; nobody is told of them. */
    CompletionStage<Void> load() {
        return store.load().thenAccept(this::replace);
    }

    synchronized PeopleHere at(String place) {
        Here here = places.get(place);
        return here == null ? PeopleHere.NOBODY : new PeopleHere(here.version, List.copyOf(here.people));
    }

    synchronized int count(String place) {
        Here here = places.get(place);
        return here == null ? 0 : here.people.size();
    }

    /** Reads what has changed. The stage completes when all that was stored before the call is known here, or cannot be. */
    CompletionStage<Void> refresh() {
        CompletableFuture<Void> known = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(known);
            if (reading) {
                return known;
            }
            reading = true;
        }
        read();
        return known;
    }

    private void read() {
        List<CompletableFuture<Void>> served;
        long from;
        synchronized (this) {
            served = waiting;
            waiting = new ArrayList<>();
            from = version;
        }
        readFrom(from).whenComplete((_, error) -> {
            note(error);
            served.forEach(stage -> stage.complete(null));
            if (goesOn()) {
                read();
            }
        });
    }

    private CompletionStage<Void> readFrom(long from) {
        return store.after(from).thenCompose(this::take);
    }

    private CompletionStage<Void> take(Optional<List<PresenceChange>> changes) {
        if (changes.isEmpty()) {
            log.warn("Changes of presence were missed for too long; everybody is read again");
            return load();
        }
        changes.get().forEach(this::apply);
        return changes.get().size() < SharedPresenceStore.PAGE
                ? CompletableFuture.completedStage(null)
                : readFrom(changes.get().getLast().version());
    }

    private void apply(PresenceChange change) {
        synchronized (this) {
            version = change.version();
            Here here = places.computeIfAbsent(change.person().place(), place -> new Here());
            here.apply(change);
            if (here.people.isEmpty()) {
                places.remove(change.person().place());
            }
        }
        tell(change);
    }

    private void tell(PresenceChange change) {
        if (change.here() && change.joined()) {
            listener.onJoined(change.person(), change.version());
        } else if (change.here()) {
            listener.onLeft(change.person(), change.version());
        } else if (change.joined()) {
            listener.onJoinedElsewhere(change.person(), change.version());
        } else {
            listener.onLeftElsewhere(change.person(), change.version());
        }
    }

    private synchronized void replace(SharedPresenceStore.Everybody everybody) {
        places.clear();
        version = everybody.version();
        for (PresentPerson person : everybody.people()) {
            Here here = places.computeIfAbsent(person.place(), place -> new Here());
            here.people.add(person.person());
            here.version = everybody.versions().getOrDefault(person.place(), version);
        }
    }

    /** Whether somebody has asked since the last read began. */
    private synchronized boolean goesOn() {
        reading = !waiting.isEmpty();
        return reading;
    }

    private synchronized void note(@Nullable Throwable error) {
        if (error != null && !failing) {
            log.warn("Who is where on other nodes cannot be read, and will be: {}", String.valueOf(error));
        }
        failing = error != null;
    }

    /** Guarded by the copy's lock. */
    private static final class Here {
        private final Set<String> people = new LinkedHashSet<>();
        private long version;

        private void apply(PresenceChange change) {
            version = change.version();
            if (change.joined()) {
                people.add(change.person().person());
            } else {
                people.remove(change.person().person());
            }
        }
    }
}
