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
    private final ConcurrentMap<String, Room> rooms = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    RoomCache(int capacity) {
        this.capacity = capacity;
    }

    Optional<Room> find(String id) {
        return Optional.ofNullable(rooms.get(id));
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
        if (rooms.size() >= capacity && !rooms.containsKey(room.id())) {
            giveWay();
        }
        return rooms.merge(room.id(), room, (known, other) -> other.isAsNewAs(known) ? other : known);
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
