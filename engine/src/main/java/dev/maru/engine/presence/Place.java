package dev.maru.engine.presence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The people at one place, each with the sessions that hold them there. A person whom nobody holds stays until told to
 * leave; each loss of the last holder has a number, so that the end of an earlier grace period is told from that of a
 * later one.
 *
 * <p>Guarded by the lock of whoever owns it.
 */
final class Place {
    private final Changes changes;
    private final LongSupplier versions;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private long version;

    /** Where changes go. */
    interface Changes {
        void joined(PresentPerson person, long version);

        void left(PresentPerson person, long version);
    }

    Place(Changes changes, LongSupplier versions) {
        this.changes = changes;
        this.versions = versions;
    }

    /** Somebody who was here before a restart, held by nobody; returns the number of this loss. */
    int restore(PresentPerson who) {
        Person person = people.computeIfAbsent(who.person(), name -> new Person());
        version = versions.getAsLong();
        return person.losses;
    }

    /** The session holds the person here; returns whether the person is new. */
    boolean hold(PresentPerson who, String sessionId) {
        Person person = people.get(who.person());
        boolean joined = person == null;
        if (person == null) {
            person = new Person();
            people.put(who.person(), person);
            version = versions.getAsLong();
            changes.joined(who, version);
        }
        person.heldBy.add(sessionId);
        return joined;
    }

    /** The session holds the person no longer; returns the number of this loss, or 0 if others still do. */
    int release(PresentPerson who, String sessionId) {
        Person person = people.get(who.person());
        if (person == null || !person.heldBy.remove(sessionId) || !person.heldBy.isEmpty()) {
            return 0;
        }
        return ++person.losses;
    }

    /** The person leaves, unless somebody has held them since this loss. */
    void leave(PresentPerson who, int loss) {
        Person person = people.get(who.person());
        if (person != null && person.heldBy.isEmpty() && person.losses == loss) {
            people.remove(who.person());
            version = versions.getAsLong();
            changes.left(who, version);
        }
    }

    boolean isEmpty() {
        return people.isEmpty();
    }

    Presence.PeopleHere people() {
        return new Presence.PeopleHere(version, List.copyOf(people.keySet()));
    }

    private static final class Person {
        private final Set<String> heldBy = new HashSet<>(2);
        private int losses = 1;
    }
}
