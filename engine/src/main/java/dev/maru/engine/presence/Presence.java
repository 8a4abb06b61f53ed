package dev.maru.engine.presence;

import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import java.util.List;

/**
 * Who is where. A session holds a set of (place, person); a person is at a place as long as some session holds the
 * pair, or for a grace period after the last one was lost.
 *
 * <p>Safe for any thread.
 */
public final class Presence implements SessionListener {

    /** The session brings this person to this place. Returns whether the person was not there yet. */
    public boolean join(Session session, String place, String person) {
        throw new UnsupportedOperationException();
    }

    /** The session takes this person from this place, if it holds the pair. */
    public void leave(Session session, String place, String person) {
        throw new UnsupportedOperationException();
    }

    /** Who is at the place, in the order of their coming, with the version of this set. */
    public PeopleHere at(String place) {
        throw new UnsupportedOperationException();
    }

    /**
     * The people at a place.
     *
     * @param version grows by one with each change of the set
     * @param people in the order of their coming
     */
    public record PeopleHere(long version, List<String> people) {}
}
