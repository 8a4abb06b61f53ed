package dev.maru.chat.room;

import dev.maru.chat.ChatFault;
import dev.maru.chat.ChatLimits;
import dev.maru.engine.fault.Refusal;
import dev.maru.store.jdbc.CommitHook;
import dev.maru.store.jdbc.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Where each room stands, for whoever writes: read once, kept in memory, and written back once for each group of
 * writes. A head that a transaction moved is forgotten if it does not commit. Where other processes write to the same
 * rooms, heads are locked when they are read, all of a group in the order of their ids, and known no longer than that.
 * Whoever is about to make a room takes a lock before all others, so that two who make the same rooms in different orders
 * do not wait for each other; that a room was seen once is remembered, because rows of rooms are never deleted.
 *
 * <p>Confined to the database's writer, {@link #onChange} excepted.
 */
public final class RoomHeads implements CommitHook {

    private static final int KEPT = 10_000;
    private static final int SEEN = 100_000;
    private static final int UNKNOWN = -1;

    private final ChatLimits limits;
    private final RoomCache cache;
    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();
    private final LinkedHashMap<String, RoomHead> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, RoomHead> touched = new LinkedHashMap<>();
    private final Map<String, Optional<RoomHead>> before = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final boolean shared;
    private int count = UNKNOWN;
    private int countBefore = UNKNOWN;

    /** @param shared whether other processes write to the same rooms */
    RoomHeads(ChatLimits limits, RoomCache cache, boolean shared) {
        this.limits = limits;
        this.cache = cache;
        this.shared = shared;
    }

    /** The room, to store a message in it. Refuses with UNKNOWN_ROOM. */
    public RoomHead open(Sql sql, String id) throws SQLException {
        RoomHead head = find(sql, id).filter(room -> !room.isDeleted()).orElseThrow(RoomHeads::unknown);
        touch(head);
        return head;
    }

    /**
     * The room, to store a message in it; made, with its id for a name, if there is none and messages may make rooms.
     * Refuses with UNKNOWN_ROOM, TOO_MANY_ROOMS or TOO_MANY_NEW_ROOMS. The caller must not refuse after that.
     */
    public RoomHead openOrCreate(Sql sql, String id, String author, RoomCreationLimit limit, Instant now)
            throws SQLException {
        if (!limits.createRoomsByMessage() || find(sql, id).isPresent()) {
            return open(sql, id);
        }
        RoomHead room = RoomHead.create(id, id, now);
        return tryCreate(sql, room, author, limit) ? room : open(sql, id);
    }

    /**
     * Messages below {@code oldest} and events below {@code oldestEvent} were deleted in this transaction. Whether the
     * room was deleted makes no difference.
     */
    public void trim(Sql sql, String id, long oldest, long oldestEvent) throws SQLException {
        RoomHead head = find(sql, id).orElseThrow(RoomHeads::unknown);
        touch(head);
        head.trim(oldest, oldestEvent);
    }

    /** Makes a room. Refuses with ROOM_EXISTS, TOO_MANY_ROOMS or TOO_MANY_NEW_ROOMS. */
    RoomHead create(Sql sql, RoomHead room, String createdBy, RoomCreationLimit limit) throws SQLException {
        if (find(sql, room.id()).isPresent() || !tryCreate(sql, room, createdBy, limit)) {
            throw new Refusal(ChatFault.ROOM_EXISTS, "There is, or was, a room with this id.");
        }
        return room;
    }

    /** Returns false if another process has made it since it was looked for. */
    private boolean tryCreate(Sql sql, RoomHead room, String createdBy, RoomCreationLimit limit) throws SQLException {
        if (count(sql) >= limits.maxRooms()) {
            throw new Refusal(ChatFault.TOO_MANY_ROOMS, "There are as many rooms as this server allows.");
        }
        if (!limit.tryCreate()) {
            throw new Refusal(ChatFault.TOO_MANY_NEW_ROOMS, "You made too many rooms. Try again later.");
        }
        if (!RoomRows.insert(sql, room, createdBy)) {
            return false;
        }
        touch(room);
        count++;
        return true;
    }

    /** Gives a room another name. Refuses with UNKNOWN_ROOM. */
    Room rename(Sql sql, String id, String name) throws SQLException {
        RoomHead head = open(sql, id);
        if (!head.name().equals(name)) {
            head.rename(name);
            RoomRows.updateName(sql, head.toRoom());
        }
        return head.toRoom();
    }

    /** Ends a room; its id is never used again. Refuses with UNKNOWN_ROOM. */
    Room delete(Sql sql, String id, Instant now) throws SQLException {
        RoomHead head = open(sql, id);
        head.delete();
        RoomRows.delete(sql, head.toRoom(), now);
        count(sql);
        count--;
        return head.toRoom();
    }

    void onChange(RoomListener listener) {
        listeners.add(listener);
    }

    @Override
    public void beforeWrites(Sql sql, SortedSet<String> keys) throws SQLException {
        List<String> unseen = keys.stream()
                .filter(RoomId::isValid)
                .filter(id -> !seen.contains(id))
                .toList();
        if (!unseen.isEmpty() && !RoomRows.exist(sql, unseen)) {
            RoomRows.lockCreation(sql);
        }
        for (RoomHead head : RoomRows.lock(sql, keys)) {
            keep(head);
            see(head.id());
        }
    }

    @Override
    public void onSavepoint() {
        before.clear();
        countBefore = count;
    }

    @Override
    public void afterUndo() {
        before.forEach((id, head) -> {
            kept.remove(id);
            touched.remove(id);
            head.ifPresent(room -> touched.put(id, room));
        });
        before.clear();
        count = countBefore;
    }

    @Override
    public void beforeCommit(Sql sql) throws SQLException {
        for (RoomHead head : touched.values()) {
            if (head.isChanged()) {
                RoomRows.updateHeads(sql, head.toRoom());
            }
        }
    }

    @Override
    public void afterCommit() {
        List<Change> changes = new ArrayList<>();
        for (RoomHead head : touched.values()) {
            keep(head);
            remember(head);
            changes.add(Change.of(head));
            head.committed();
        }
        forget();
        changes.forEach(this::announce);
    }

    @Override
    public void afterRollback() {
        touched.keySet().forEach(kept::remove);
        forget();
        count = UNKNOWN;
    }

    private void forget() {
        touched.clear();
        before.clear();
        if (shared) {
            kept.clear();
            count = UNKNOWN;
        }
    }

    /** Before a write moves the head. */
    private void touch(RoomHead head) {
        RoomHead earlier = touched.get(head.id());
        before.putIfAbsent(head.id(), Optional.ofNullable(earlier).map(RoomHead::copy));
        touched.put(head.id(), head);
    }

    private Optional<RoomHead> find(Sql sql, String id) throws SQLException {
        RoomHead known = touched.getOrDefault(id, kept.get(id));
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RoomHead> read = RoomRows.findHead(sql, id, shared);
        read.ifPresent(this::keep);
        return read;
    }

    private int count(Sql sql) throws SQLException {
        if (count == UNKNOWN) {
            count = RoomRows.count(sql);
        }
        return count;
    }

    private void see(String id) {
        if (seen.size() >= SEEN) {
            seen.clear();
        }
        seen.add(id);
    }

    private void keep(RoomHead head) {
        kept.put(head.id(), head);
        if (kept.size() > KEPT) {
            kept.pollFirstEntry();
        }
    }

    private void remember(RoomHead head) {
        if (shared) {
            return;
        }
        if (head.isDeleted()) {
            cache.putDeleted(head.toRoom());
        } else {
            cache.put(head.toRoom());
        }
    }

    private void announce(Change change) {
        listeners.forEach(change::tell);
    }

    private static Refusal unknown() {
        return new Refusal(ChatFault.UNKNOWN_ROOM, "There is no such room.");
    }

    /** What a transaction made of a room. A head that was deleted before and is trimmed now is none to tell of. */
    private record Change(
            Room room,
            boolean created,
            boolean moved,
            boolean deleted,
            @Nullable String formerName) {
        static Change of(RoomHead head) {
            return new Change(head.toRoom(), head.isCreated(), head.isMoved(), head.isDeletedNow(), head.formerName());
        }

        void tell(RoomListener listener) {
            if (created) {
                listener.onCreated(room);
            } else if (moved) {
                listener.onChanged(room);
            }
            if (formerName != null) {
                listener.onRenamed(room, formerName);
            }
            if (deleted) {
                listener.onDeleted(room);
            }
        }
    }
}
