package dev.maru.chat.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A room as the writer sees it in the middle of a transaction. Ask for the next offset and seq, store what is to stand
 * there, then {@link #advance}: a write that is refused in between has changed nothing.
 *
 * <p>Confined to the database's writer.
 */
public final class RoomHead {

    private final String id;
    private final String name;
    private final Instant createdAt;
    private final boolean deleted;
    private long head;
    private long eventHead;
    private @Nullable Instant lastMessageAt;
    private boolean created;
    private boolean moved;

    RoomHead(Room room, boolean deleted) {
        this.id = room.id();
        this.name = room.name();
        this.createdAt = room.createdAt();
        this.deleted = deleted;
        this.head = room.head();
        this.eventHead = room.eventHead();
        this.lastMessageAt = room.lastMessageAt();
    }

    static RoomHead create(String id, String name, Instant now) {
        RoomHead head = new RoomHead(new Room(id, name, 0, 0, null, now), false);
        head.created = true;
        return head;
    }

    public String id() {
        return id;
    }

    /** The offset that the room's next message gets. */
    public long nextOffset() {
        return head + 1;
    }

    /** The seq that the room's next event gets. */
    public long nextSeq() {
        return eventHead + 1;
    }

    /** A message and its event have been stored at the next offset and seq. */
    public void advance(Instant at) {
        head++;
        eventHead++;
        lastMessageAt = at;
        moved = true;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Whether the room was made in this transaction. */
    boolean isCreated() {
        return created;
    }

    /** Whether messages were stored in this transaction. */
    boolean isMoved() {
        return moved;
    }

    /** The same as it stands now, which what is done to this one does not change. */
    RoomHead copy() {
        RoomHead copy = new RoomHead(toRoom(), deleted);
        copy.created = created;
        copy.moved = moved;
        return copy;
    }

    /** The transaction is durable. */
    void committed() {
        created = false;
        moved = false;
    }

    Room toRoom() {
        return new Room(id, name, head, eventHead, lastMessageAt, createdAt);
    }
}
