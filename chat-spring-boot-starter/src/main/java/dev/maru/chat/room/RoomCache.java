package dev.maru.chat.room;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rooms as they were committed last, so that asking for one mostly needs no database. Bounded: when it is full, any
 * eighth of it gives way.
 *
 * <p>Safe for any thread.
 *
 * <p>A reader may bring a room that the writer has moved on meanwhile. Heads and what is kept only move on, so of two
 * states of a room the one that is further in both is the newer; and so that an old one cannot come in when the newer has just given way, a
 * reader's room is not kept if anything gave way since it began to read.
 */
final class RoomCache {

    private static final int SHARE_THAT_GIVES_WAY = 8;

    private final int capacity;
    private final ConcurrentMap<String, Known> rooms = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    RoomCache(int capacity) {
        this.capacity = capacity;
    }

    /** What is known of a room. */
    private record Known(Room room, boolean deleted) {}

    Optional<Room> find(String id) {
        Known known = rooms.get(id);
        return known == null || known.deleted ? Optional.empty() : Optional.of(known.room);
    }

    /** To be asked before a room is read from the database. */
    long generation() {
        return generation.get();
    }

    /** A room was read from the database in this generation. Returns the newest that is known of it. */
    Room loaded(Room room, long readInGeneration) {
        if (generation.get() != readInGeneration) {
            return room;
        }
        return put(room);
    }

    /** A room was committed. */
    Room put(Room room) {
        return put(new Known(room, false));
    }

    /** A room was deleted: remembered, so that what a reader brings of it from before does not bring it back. */
    void putDeleted(Room room) {
        put(new Known(room, true));
    }

    private Room put(Known latest) {
        Room room = latest.room;
        if (rooms.size() >= capacity && !rooms.containsKey(room.id())) {
            giveWay();
        }
        return rooms.merge(room.id(), latest, (known, other) -> other.room.isAsNewAs(known.room) ? other : known).room;
    }

    private void giveWay() {
        generation.incrementAndGet();
        Iterator<String> ids = rooms.keySet().iterator();
        for (int i = 0; i <= capacity / SHARE_THAT_GIVES_WAY && ids.hasNext(); i++) {
            ids.next();
            ids.remove();
        }
    }
}
