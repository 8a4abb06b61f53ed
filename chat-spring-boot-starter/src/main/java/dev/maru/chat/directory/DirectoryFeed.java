package dev.maru.chat.directory;

import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomListener;
import dev.maru.chat.room.Rooms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of new and changed rooms on {@code /topic/rooms}, at most once in each {@link #flush} for a room, however much
 * happens in it. What changed is remembered by room, up to a bound; a change past it is not told, and the room's next
 * change is.
 *
 * <p>Safe for any thread; {@link #flush} is called by one timer.
 */
public final class DirectoryFeed implements RoomListener {
    private static final int MOST_WAITING = 10_000;
    private static final String CHANGED = "changed";
    private static final String DELETED = "deleted";

    private final Rooms rooms;
    private final RoomDirectory directory;
    private final Consumer<DirectoryChange> audience;
    private Map<String, Waiting> waiting = new LinkedHashMap<>();

    /** @param audience is told of each change on any thread; returns quickly and does not throw */
    public DirectoryFeed(Rooms rooms, RoomDirectory directory, Consumer<DirectoryChange> audience) {
        this.rooms = rooms;
        this.directory = directory;
        this.audience = audience;
    }

    @Override
    public void onCreated(Room room) {
        remember(room.id(), new Waiting("created", room));
    }

    @Override
    public void onChanged(Room room) {
        remember(room.id(), new Waiting(CHANGED, room));
    }

    @Override
    public void onRenamed(Room room, String formerName) {
        onChanged(room);
    }

    @Override
    public void onDeleted(Room room) {
        remember(room.id(), new Waiting(DELETED, room));
    }

    /** Somebody came to the room or left it. */
    public void onPeople(String roomId) {
        remember(roomId, new Waiting(CHANGED, null));
    }

    /** Tells everything that changed since the last call. */
    public void flush() {
        take().forEach(this::tell);
    }

    private synchronized void remember(String roomId, Waiting change) {
        if (waiting.size() < MOST_WAITING || waiting.containsKey(roomId)) {
            waiting.merge(roomId, change, Waiting::with);
        }
    }

    private synchronized Map<String, Waiting> take() {
        Map<String, Waiting> taken = waiting;
        waiting = new LinkedHashMap<>();
        return taken;
    }

    private void tell(String roomId, Waiting change) {
        boolean told = change.room != null && (!rooms.areShared() || change.kind.equals(DELETED));
        if (told && change.room != null) {
            tell(change.kind, change.room);
        } else {
            rooms.find(roomId).thenAccept(found -> found.ifPresent(room -> tell(change.kind, room)));
        }
    }

    private void tell(String kind, Room room) {
        audience.accept(new DirectoryChange(kind, directory.listed(room)));
    }

    /** What is to be told of a room, and the room where it is known. */
    private record Waiting(String kind, @Nullable Room room) {
        private Waiting with(Waiting later) {
            String both = later.kind.equals(DELETED) || kind.equals(CHANGED) ? later.kind : kind;
            return new Waiting(both, later.room == null ? room : later.room);
        }
    }
}
