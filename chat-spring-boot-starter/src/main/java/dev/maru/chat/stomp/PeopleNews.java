package dev.maru.chat.stomp;

import dev.maru.chat.message.ClassicLog;
import dev.maru.chat.presence.PresenceJson;
import dev.maru.engine.destination.SnapshotSource;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresentPerson;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Tells of people who came and left: on the room's classic stream, on its presence topic, and in the list of rooms. Each
 * node tells those who are connected to it, in the order of the changes, and the one that brought a change about tells of
 * the room in the list of rooms.
 *
 * <p>Safe for any thread.
 */
public final class PeopleNews implements PresenceListener {
    static final String PRESENCE = "/topic/presence/";

    private final BiConsumer<String, MessageContent> broadcast;
    private final Consumer<String> roomChanged;

    /**
     * @param broadcast hands a message to those who are subscribed to a destination here and now
     * @param roomChanged is told of each room whose people changed
     */
    PeopleNews(BiConsumer<String, MessageContent> broadcast, Consumer<String> roomChanged) {
        this.broadcast = broadcast;
        this.roomChanged = roomChanged;
    }

    /** What a new subscription to a room's presence topic gets first. */
    public static SnapshotSource snapshots(Presence presence) {
        return destination -> {
            Presence.PeopleHere here = presence.at(destination.substring(PRESENCE.length()));
            return MessageContent.json(PresenceJson.snapshot(here.version(), here.people()));
        };
    }

    @Override
    public void onJoined(PresentPerson person, long version) {
        onJoinedElsewhere(person, version);
        roomChanged.accept(person.place());
    }

    @Override
    public void onLeft(PresentPerson person, long version) {
        onLeftElsewhere(person, version);
        roomChanged.accept(person.place());
    }

    @Override
    public void onJoinedElsewhere(PresentPerson person, long version) {
        tell(ClassicType.JOIN, person, PresenceJson.joined(version, person.person()));
    }

    @Override
    public void onLeftElsewhere(PresentPerson person, long version) {
        tell(ClassicType.LEAVE, person, PresenceJson.left(version, person.person()));
    }

    private void tell(ClassicType type, PresentPerson person, byte[] change) {
        String room = person.place();
        broadcast.accept(ClassicLog.PREFIX + room, PeopleMessage.of(type, room, person.person()));
        broadcast.accept(PRESENCE + room, MessageContent.json(change));
    }
}
