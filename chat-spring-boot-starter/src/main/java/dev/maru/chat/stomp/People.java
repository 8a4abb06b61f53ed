package dev.maru.chat.stomp;

import dev.maru.chat.message.ClassicLog;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.session.Session;

/**
 * Lets people come to rooms and leave them. Everybody is told by {@link PeopleNews} when somebody new comes; who was
 * there already is told alone, so that a reload makes no noise.
 *
 * <p>Safe for any thread.
 */
final class People {
    private final Presence presence;

    People(Presence presence) {
        this.presence = presence;
    }

    void join(Session session, String roomId, String person) {
        if (!presence.join(session, roomId, person)) {
            session.send(ClassicLog.PREFIX + roomId, PeopleMessage.of(ClassicType.JOIN, roomId, person));
        }
    }

    void leave(Session session, String roomId, String person) {
        presence.leave(session, roomId, person);
    }
}
