package dev.maru.chat.room;

import dev.maru.engine.history.LogUnavailableException;
import dev.maru.store.jdbc.Readers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rooms that other processes write to as well. Where a room stands is asked of the database each time, since a position
 * that is too old would be a message that is lost to whoever subscribes. Those who ask while a question is on its way
 * are answered together by the next one, so that many cost little more than one. That a room is there is remembered for a
 * moment.
 *
 * <p>Safe for any thread; guarded by its own lock, under which nothing waits.
 */
final class SharedRooms implements RoomListener {

    private static final int MOST_IN_ONE_QUESTION = 1_000;
    private static final int MOST_WAITING = 65_536;
    private static final int MOST_REMEMBERED = 10_000;
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Readers readers;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private Map<String, CompletableFuture<Optional<Room>>> waiting = new HashMap<>();
    private boolean asking;

    SharedRooms(Readers readers) {
        this.readers = readers;
    }

    /** The room as it is now, or later. */
    CompletionStage<Optional<Room>> find(String id) {
        CompletableFuture<Optional<Room>> answer = join(id);
        askIfIdle();
        return answer.copy();
    }

    /** Those of these rooms that are there. */
    CompletionStage<Map<String, Room>> find(Collection<String> ids) {
        Map<String, Room> found = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (String id : ids) {
            answers.add(join(id).thenAccept(room -> room.ifPresent(it -> found.put(id, it))));
        }
        askIfIdle();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> found);
    }

    /** Whether the room is there, or was a moment ago. */
    CompletionStage<Boolean> exists(String id) {
        Long at = seen.get(id);
        return at != null && System.nanoTime() - at < REMEMBERED_NANOS
                ? CompletableFuture.completedStage(true)
                : find(id).thenApply(Optional::isPresent);
    }

    @Override
    public void onCreated(Room room) {}

    @Override
    public void onChanged(Room room) {}

    @Override
    public void onDeleted(Room room) {
        seen.remove(room.id());
    }

    private synchronized CompletableFuture<Optional<Room>> join(String id) {
        if (waiting.size() >= MOST_WAITING && !waiting.containsKey(id)) {
            return CompletableFuture.failedFuture(new LogUnavailableException(
                    "too many reads wait", new RejectedExecutionException("too many reads wait")));
        }
        return waiting.computeIfAbsent(id, _ -> new CompletableFuture<>());
    }

    private void askIfIdle() {
        Map<String, CompletableFuture<Optional<Room>>> taken = take(false);
        if (taken != null) {
            ask(taken);
        }
    }

    /** What is to be asked next; null if that is nothing, or another question is on its way. */
    private synchronized @Nullable Map<String, CompletableFuture<Optional<Room>>> take(boolean answered) {
        if (asking && !answered) {
            return null;
        }
        asking = !waiting.isEmpty();
        if (!asking) {
            return null;
        }
        Map<String, CompletableFuture<Optional<Room>>> taken = waiting;
        waiting = new HashMap<>();
        List<String> tooMany =
                taken.keySet().stream().skip(MOST_IN_ONE_QUESTION).toList();
        tooMany.forEach(id -> waiting.put(id, taken.remove(id)));
        return taken;
    }

    private void ask(Map<String, CompletableFuture<Optional<Room>>> asked) {
        List<String> ids = List.copyOf(asked.keySet());
        readers.read(sql -> RoomRows.find(sql, ids)).whenComplete((rooms, error) -> {
            Map<String, CompletableFuture<Optional<Room>>> next = take(true);
            if (next != null) {
                ask(next);
            }
            if (error != null) {
                asked.values().forEach(answer -> answer.completeExceptionally(error));
            } else {
                answer(asked, rooms);
            }
        });
    }

    private void answer(Map<String, CompletableFuture<Optional<Room>>> asked, List<Room> rooms) {
        Map<String, Room> byId = new HashMap<>();
        long now = System.nanoTime();
        for (Room room : rooms) {
            byId.put(room.id(), room);
            remember(room.id(), now);
        }
        asked.forEach((id, answer) -> answer.complete(Optional.ofNullable(byId.get(id))));
    }

    private void remember(String id, long now) {
        if (seen.size() >= MOST_REMEMBERED) {
            seen.clear();
        }
        seen.put(id, now);
    }
}
