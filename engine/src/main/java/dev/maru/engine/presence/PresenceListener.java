package dev.maru.engine.presence;

/**
 * Is told of each change, in the order of the versions of its place, exactly once; returns quickly and does not throw.
 * Where several nodes share a store, one of them is told that somebody joined or left, and all others that this happened
 * elsewhere.
 */
public interface PresenceListener {

    void onJoined(PresentPerson person, long version);

    void onLeft(PresentPerson person, long version);

    /** As {@link #onJoined}, where another node has brought it about, which is told there. */
    default void onJoinedElsewhere(PresentPerson person, long version) {}

    /** As {@link #onLeft}, where another node has brought it about, which is told there. */
    default void onLeftElsewhere(PresentPerson person, long version) {}
}
