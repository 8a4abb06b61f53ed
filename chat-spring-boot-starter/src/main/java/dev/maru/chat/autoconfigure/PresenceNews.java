package dev.maru.chat.autoconfigure;

import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresentPerson;
import java.util.List;

/**
 * All who are told of people who came and left, as one.
 *
 * <p>Immutable; safe for any thread.
 */
record PresenceNews(List<PresenceListener> listeners) implements PresenceListener {

    static PresenceListener of(List<PresenceListener> listeners) {
        return new PresenceNews(List.copyOf(listeners));
    }

    @Override
    public void onJoined(PresentPerson person, long version) {
        listeners.forEach(listener -> listener.onJoined(person, version));
    }

    @Override
    public void onLeft(PresentPerson person, long version) {
        listeners.forEach(listener -> listener.onLeft(person, version));
    }

    @Override
    public void onJoinedElsewhere(PresentPerson person, long version) {
        listeners.forEach(listener -> listener.onJoinedElsewhere(person, version));
    }

    @Override
    public void onLeftElsewhere(PresentPerson person, long version) {
        listeners.forEach(listener -> listener.onLeftElsewhere(person, version));
    }
}
