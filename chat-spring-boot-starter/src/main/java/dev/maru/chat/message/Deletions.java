package dev.maru.chat.message;

import dev.maru.chat.room.Room;
import dev.maru.chat.room.RoomListener;
import java.util.function.Consumer;

/** Is told of deleted rooms only. Called on the database's writer. */
record Deletions(Consumer<Room> deleted) implements RoomListener {

    @Override
    public void onCreated(Room room) {}

    @Override
    public void onChanged(Room room) {}

    @Override
    public void onDeleted(Room room) {
        deleted.accept(room);
    }
}
