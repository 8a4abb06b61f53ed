package dev.maru.chat.stomp;

import dev.maru.chat.message.ClassicLog;
import dev.maru.chat.presence.PresenceJson;
import dev.maru.engine.destination.SnapshotSource;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresentPerson;
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

    private final Audience audience;
    private final Consumer<String> roomChanged;

    /**
     * @param audience those who are subscribed to a destination here and now
     * @param roomChanged is told of each room whose people changed
     */
    PeopleNews(Audience audience, Consumer<String> roomChanged) {
        this.audience = audience;
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
        joined(person, version, true);
        roomChanged.accept(person.place());
    }

    @Override
    public void onLeft(PresentPerson person, long version) {
        left(person, version, true);
        roomChanged.accept(person.place());
    }

    @Override
    public void onJoinedElsewhere(PresentPerson person, long version) {
        joined(person, version, false);
    }

    @Override
    public void onLeftElsewhere(PresentPerson person, long version) {
        left(person, version, false);
    }

    private void joined(PresentPerson person, long version, boolean here) {
        tell(ClassicType.JOIN, person, PresenceJson.joined(version, person.person()), here);
    }

    private void left(PresentPerson person, long version, boolean here) {
        tell(ClassicType.LEAVE, person, PresenceJson.left(version, person.person()), here);
    }

    private void tell(ClassicType type, PresentPerson person, byte[] change, boolean here) {
        String room = person.place();
        audience.tell(ClassicLog.PREFIX + room, PeopleMessage.of(type, room, person.person()), here);
        audience.tell(PRESENCE + room, MessageContent.json(change), here);
    }

    /** Those who are subscribed on this node. */
    @FunctionalInterface
    interface Audience {

        /**
         * Tells them.
         *
         * @param here whether it is this node's own news, which other nodes tell those who are connected to them
         */
        void tell(String destination, MessageContent content, boolean here);
    }
}
