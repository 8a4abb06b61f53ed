package dev.maru.engine.presence;

/**
 * Is told of each change, in the order of the versions of its place, exactly once; returns quickly and does not throw.
 */
public interface PresenceListener {

    void onJoined(PresentPerson person, long version);

    void onLeft(PresentPerson person, long version);
}
