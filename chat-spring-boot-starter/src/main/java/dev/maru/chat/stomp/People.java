package dev.maru.chat.stomp;

import dev.maru.chat.ChatFault;
import dev.maru.chat.message.ClassicLog;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.session.Session;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Lets people come to rooms and leave them. Everybody is told by {@link PeopleNews} when somebody new comes; who was
 * there already is told alone, so that a reload makes no noise. What one session holds is bounded.
 *
 * <p>Safe for any thread; called for one frame of a session after the other.
 */
final class People {
    private static final String HELD = "dev.maru.chat.people";
    private static final int MOST_HELD = 500;

    private final Presence presence;
    private final Predicate<String> open;

    /** @param open whether there is a room of this id, or will be once somebody writes into it; may block */
    People(Presence presence, Predicate<String> open) {
        this.presence = presence;
        this.open = open;
    }

    /** Waits where the store decides who is new. */
    void join(Session session, String roomId, String person) {
        if (!open.test(roomId)) {
            throw new Refusal(ChatFault.UNKNOWN_ROOM, "There is no such room.");
        }
        hold(session, new PresentPerson(roomId, person));
        if (!await(presence.join(session, roomId, person))) {
            session.send(ClassicLog.PREFIX + roomId, PeopleMessage.of(ClassicType.JOIN, roomId, person));
        }
    }

    void leave(Session session, String roomId, String person) {
        heldBy(session).remove(new PresentPerson(roomId, person));
        presence.leave(session, roomId, person);
    }

    /** What comes next of this session comes after everybody here was told. */
    private static boolean await(CompletionStage<Boolean> joined) {
        try {
            return joined.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void hold(Session session, PresentPerson pair) {
        Set<PresentPerson> held = heldBy(session);
        if (held.size() >= MOST_HELD && !held.contains(pair)) {
            throw new Refusal(
                    ChatFault.TOO_MANY_JOINS, "One connection can join at most " + MOST_HELD + " times; leave first.");
        }
        held.add(pair);
    }

    @SuppressWarnings("unchecked") // nothing else is ever put there
    private static Set<PresentPerson> heldBy(Session session) {
        return (Set<PresentPerson>)
                session.attributes().computeIfAbsent(HELD, key -> ConcurrentHashMap.<PresentPerson>newKeySet());
    }
}
