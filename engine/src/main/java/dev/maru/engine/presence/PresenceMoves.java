package dev.maru.engine.presence;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node has to tell the store of those whom it holds: as much at a time as has gathered while the time before
 * was stored. Of one pair at most one move waits; one that is taken back before it was tried is never made. A store that
 * fails is asked again, since somebody who is held is to be seen, and somebody who is not is to go.
 *
 * <p>Safe for any thread; guarded by its own lock, under which the store is not asked.
 */
final class PresenceMoves {
    private static final Logger log = LoggerFactory.getLogger(PresenceMoves.class);
    private static final int MOST_AT_ONCE = 1000;
    private static final long RETRY_MILLIS = 1000;

    private final SharedPresenceStore store;
    private final PresenceCopy copy;
    private final ScheduledExecutorService timer;
    private final Map<PresentPerson, Move> waiting = new LinkedHashMap<>();
    private Map<PresentPerson, Move> underWay = Map.of();
    private boolean pausing;

    PresenceMoves(SharedPresenceStore store, PresenceCopy copy, ScheduledExecutorService timer) {
        this.store = store;
        this.copy = copy;
        this.timer = timer;
    }

    /** This node holds the person from now on, or no longer; each time the other way than the time before. */
    void move(PresentPerson person, boolean holds) {
        Move earlier;
        synchronized (this) {
            earlier = waiting.remove(person);
            if (earlier == null || earlier.tried) {
                waiting.put(person, new Move(holds, earlier != null));
            }
        }
        if (earlier != null) {
            earlier.done.complete(false);
        }
        write();
    }

    /** This node holds the person, whatever the store knows of it. */
    void again(PresentPerson person) {
        synchronized (this) {
            Move earlier = waiting.get(person);
            waiting.put(person, new Move(true, true, earlier == null ? new CompletableFuture<>() : earlier.done));
        }
        write();
    }

    /**
     * When the last move of this person is stored and known here: with whether they are new at their place, on any node.
     */
    synchronized CompletionStage<Boolean> arrival(PresentPerson person) {
        Move move = waiting.getOrDefault(person, underWay.get(person));
        return move == null ? CompletableFuture.completedStage(false) : move.done;
    }

    private void write() {
        List<PresenceMove> moves;
        synchronized (this) {
            if (pausing || !underWay.isEmpty() || waiting.isEmpty()) {
                return;
            }
            underWay = take();
            moves = underWay.entrySet().stream()
                    .map(entry -> new PresenceMove(entry.getKey(), entry.getValue().holds))
                    .toList();
        }
        store.apply(moves).whenComplete(this::written);
    }

    private Map<PresentPerson, Move> take() {
        Map<PresentPerson, Move> taken = new LinkedHashMap<>();
        Iterator<Map.Entry<PresentPerson, Move>> all = waiting.entrySet().iterator();
        while (all.hasNext() && taken.size() < MOST_AT_ONCE) {
            Map.Entry<PresentPerson, Move> next = all.next();
            taken.put(next.getKey(), next.getValue());
            all.remove();
        }
        return taken;
    }

    private void written(@Nullable List<PresenceChange> changes, @Nullable Throwable error) {
        Map<PresentPerson, Move> done;
        synchronized (this) {
            done = underWay;
            underWay = Map.of();
            if (changes == null) {
                pausing = true;
                done.forEach((person, move) -> waiting.putIfAbsent(person, new Move(move.holds, true)));
            }
        }
        if (changes == null) {
            log.warn("{} moves of presence could not be stored and will be: {}", done.size(), String.valueOf(error));
            done.values().forEach(move -> move.done.completeExceptionally(failure(error)));
            var _ = timer.schedule(this::goOn, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            Set<PresentPerson> arrived = new HashSet<>();
            changes.stream().filter(PresenceChange::joined).forEach(change -> arrived.add(change.person()));
            copy.refresh().thenRun(() -> done.forEach((person, move) -> move.done.complete(arrived.contains(person))));
            write();
        }
    }

    private void goOn() {
        synchronized (this) {
            pausing = false;
        }
        write();
    }

    private static Throwable failure(@Nullable Throwable error) {
        return error == null ? new IllegalStateException("the store answered nothing") : error;
    }

    /** Immutable but for the stage. */
    private static final class Move {
        private final boolean holds;
        /** Whether it may be stored already. */
        private final boolean tried;

        private final CompletableFuture<Boolean> done;

        Move(boolean holds, boolean tried) {
            this(holds, tried, new CompletableFuture<>());
        }

        Move(boolean holds, boolean tried, CompletableFuture<Boolean> done) {
            this.holds = holds;
            this.tried = tried;
            this.done = done;
        }
    }
}
