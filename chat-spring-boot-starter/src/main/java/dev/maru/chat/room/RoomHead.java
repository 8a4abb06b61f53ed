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
    private String name;
    private final Instant createdAt;
    private boolean deleted;
    private boolean deletedNow;
    private long revision;
    private @Nullable String formerName;
    private long head;
    private long eventHead;
    private long oldest;
    private long oldestEvent;
    private @Nullable Instant lastMessageAt;
    private boolean created;
    private boolean moved;
    private boolean trimmed;

    RoomHead(Room room, boolean deleted) {
        this.id = room.id();
        this.name = room.name();
        this.createdAt = room.createdAt();
        this.deleted = deleted;
        this.revision = room.revision();
        this.head = room.head();
        this.eventHead = room.eventHead();
        this.oldest = room.oldest();
        this.oldestEvent = room.oldestEvent();
        this.lastMessageAt = room.lastMessageAt();
    }

    static RoomHead create(String id, String name, Instant now) {
        RoomHead head = new RoomHead(Room.empty(id, name, now), false);
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

    /** Gives it another name. */
    void rename(String newName) {
        if (formerName == null) {
            formerName = name;
        }
        name = newName;
        revision++;
    }

    /** Nothing is written to it any more. */
    void delete() {
        deleted = true;
        deletedNow = true;
        revision++;
    }

    String name() {
        return name;
    }

    /** The name that it had before this transaction; null if that is the one it has. */
    @Nullable String formerName() {
        return formerName;
    }

    /** Messages and events below these are no longer here. */
    void trim(long oldestKept, long oldestEventKept) {
        oldest = Math.max(oldest, oldestKept);
        oldestEvent = Math.max(oldestEvent, oldestEventKept);
        trimmed = true;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Whether it was deleted in this transaction. */
    boolean isDeletedNow() {
        return deletedNow;
    }

    /** Whether the room was made in this transaction. */
    boolean isCreated() {
        return created;
    }

    /** Whether messages were stored in this transaction. */
    boolean isMoved() {
        return moved;
    }

    /** Whether its row has to be written at the end of this transaction. */
    boolean isChanged() {
        return moved || trimmed;
    }

    /** The same as it stands now, which what is done to this one does not change. */
    RoomHead copy() {
        RoomHead copy = new RoomHead(toRoom(), deleted);
        copy.created = created;
        copy.formerName = formerName;
        copy.deletedNow = deletedNow;
        copy.moved = moved;
        copy.trimmed = trimmed;
        return copy;
    }

    /** The transaction is durable. */
    void committed() {
        created = false;
        moved = false;
        trimmed = false;
        formerName = null;
        deletedNow = false;
    }

    Room toRoom() {
        return new Room(id, name, head, eventHead, oldest, oldestEvent, lastMessageAt, createdAt, revision);
    }
}
