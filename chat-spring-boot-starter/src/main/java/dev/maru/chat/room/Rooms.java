package dev.maru.chat.room;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.Sql;
import dev.maru.store.jdbc.Write;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms: makes, finds, lists, renames and deletes them. A bean of this type is the way to the rooms for the
 * application's own code, which is asked for no permission.
 *
 * <p>Safe for any thread; nothing here blocks the caller. All stages complete when what was asked for is durable, or
 * exceptionally with a {@link Refusal} or a {@link dev.maru.engine.history.LogUnavailableException}; nothing is thrown.
 * They may complete on a thread of the store's, so what hangs on them must be quick, or go elsewhere by
 * {@code thenAcceptAsync}.
 */
public final class Rooms {

    /** The most rooms in one list. */
    public static final int MAX_LIMIT = 500;

    private static final int CACHED = 10_000;

    private final Database database;
    private final InstantSource time;
    private final RoomCache cache = new RoomCache(CACHED);
    private final RoomHeads heads;
    private final @Nullable SharedRooms shared;

    /** One for each database: it counts where its rooms stand. */
    public Rooms(Database database, ChatLimits limits, InstantSource time) {
        this.database = database;
        this.time = time;
        this.heads = new RoomHeads(limits, cache, database.isShared());
        this.shared = database.isShared() ? new SharedRooms(database.readers()) : null;
        database.writer().add(heads);
        if (shared != null) {
            heads.onChange(shared);
        }
    }

    /** As {@link #create(NewRoom, RoomCreationLimit)} without a limit for the one who asks. */
    public CompletionStage<Room> create(NewRoom wanted) {
        return create(wanted, RoomCreationLimit.none());
    }

    /**
     * Makes a room. Completes exceptionally with a {@link Refusal}: ROOM_EXISTS, INVALID_ROOM_ID, INVALID_ROOM_NAME,
     * TOO_MANY_ROOMS or TOO_MANY_NEW_ROOMS.
     */
    public CompletionStage<Room> create(NewRoom wanted, RoomCreationLimit limit) {
        try {
            String given = wanted.id();
            String id = given == null ? UUID.randomUUID().toString() : RoomId.check(given);
            String name = RoomName.of(wanted.name());
            return write(id, sql -> create(sql, id, name, wanted.createdBy(), limit));
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /** Gives a room another name. Refuses with UNKNOWN_ROOM or INVALID_ROOM_NAME. */
    public CompletionStage<Room> rename(String id, String newName) {
        try {
            String name = RoomName.of(newName);
            return write(id, sql -> heads.rename(sql, id, name));
        } catch (Refusal refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }

    /**
     * Deletes a room. From then on nobody reads it or writes to it; its messages go from the store little by little, and
     * its id is never used again. Refuses with UNKNOWN_ROOM, and with FORBIDDEN for the lobby.
     */
    public CompletionStage<Room> delete(String id) {
        if (id.equals(RoomId.LOBBY)) {
            return CompletableFuture.failedStage(
                    new Refusal(SessionFault.FORBIDDEN, "The lobby is always there and cannot be deleted."));
        }
        return write(id, sql -> heads.delete(sql, id, Instant.ofEpochMilli(time.millis())));
    }

    /** The room with this id; empty if there is none, also where the id is none. */
    public CompletionStage<Optional<Room>> find(String id) {
        if (shared != null && RoomId.isValid(id)) {
            return shared.find(id);
        }
        Optional<Room> cached = cache.find(id);
        if (cached.isPresent() || !RoomId.isValid(id)) {
            return CompletableFuture.completedStage(cached);
        }
        long generation = cache.generation();
        return database.readers().read(sql -> RoomRows.find(sql, id).map(room -> cache.loaded(room, generation)));
    }

    /** Those of these rooms that are there, by their ids; as {@link #find(String)} in one step where that is possible. */
    public CompletionStage<Map<String, Room>> find(Collection<String> ids) {
        if (shared != null) {
            return shared.find(ids.stream().filter(RoomId::isValid).toList());
        }
        Map<String, Room> found = new ConcurrentHashMap<>();
        CompletableFuture<?>[] all = ids.stream()
                .map(id -> find(id).thenAccept(room -> room.ifPresent(it -> found.put(id, it))))
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all).thenApply(_ -> found);
    }

    /** Whether there is a room with this id; where other processes delete rooms too, or was one a moment ago. */
    public CompletionStage<Boolean> exists(String id) {
        return shared != null && RoomId.isValid(id) ? shared.exists(id) : find(id).thenApply(Optional::isPresent);
    }

    /** Whether other processes may write to the rooms, so that what is known of one may be out of date. */
    public boolean areShared() {
        return shared != null;
    }

    /**
     * The rooms that were active last, the latest first; the lobby is always among them. Refuses with INVALID_QUERY.
     */
    public CompletionStage<List<Room>> list(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            return CompletableFuture.failedStage(
                    new Refusal(ChatFault.INVALID_QUERY, "The limit is 1 to " + MAX_LIMIT + "."));
        }
        return database.readers().read(sql -> RoomRows.list(sql, limit));
    }

    /** Adds someone who is told of new and changed rooms. */
    public void onChange(RoomListener listener) {
        heads.onChange(listener);
    }

    /** For what writes into rooms. */
    public RoomHeads heads() {
        return heads;
    }

    private <T> CompletionStage<T> write(String id, Write<T> write) {
        return database.writer().submit(Write.on(id, write));
    }

    private Room create(Sql sql, String id, String name, String createdBy, RoomCreationLimit limit)
            throws SQLException {
        Instant now = Instant.ofEpochMilli(time.millis());
        return heads.create(sql, RoomHead.create(id, name, now), createdBy, limit)
                .toRoom();
    }
}
