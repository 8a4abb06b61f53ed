package dev.maru.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.presence.Presence.PeopleHere;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.session.CloseReason;
import dev.maru.store.jdbc.PresenceNode.Heard;
import dev.maru.store.jdbc.PresenceNode.Visitor;
import dev.maru.testkit.InProcessClusterBroker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever people and nodes do, in whatever order: three nodes on one PostgreSQL against a model that is a map. What all
 * nodes tell together is one list of changes, told on each of them in the same order, in which nobody comes who is there
 * and nobody goes who is not.
 */
final class PresenceModelTest {
    private static final int STEPS = 60;
    private static final List<String> PLACES = List.of("lobby", "tea");
    private static final List<String> NAMES = List.of("민수", "Jane", "지우", "Ann");

    private final TrialNodes databases = new TrialNodes();
    private final InProcessClusterBroker.Hub hub = new InProcessClusterBroker.Hub();
    private final List<PresenceNode> nodes = new ArrayList<>();
    private final List<PresenceNode> gone = new ArrayList<>();
    /** The model: whom each session holds, and since when a lost session's people are waited for. */
    private final Map<Visitor, Set<PresentPerson>> held = new LinkedHashMap<>();

    private final Map<PresenceNode, Set<PresentPerson>> awaited = new HashMap<>();
    private final List<CompletionStage<?>> pending = new ArrayList<>();
    private int sessions;

    @AfterEach
    void close() {
        nodes.forEach(PresenceNode::abandon);
        databases.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void agreesWithTheModel(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            nodes.add(newNode());
        }
        Set<PresentPerson> before = Set.of();
        for (int step = 0; step < STEPS; step++) {
            int heard = heard(nodes.getFirst()).size();
            PresenceNode watcher = nodes.getFirst();
            int actions = 1 + random.nextInt(4);
            for (int i = 0; i < actions; i++) {
                act(random);
            }
            Set<PresentPerson> now = present();
            awaitEverywhere(now);
            if (actions == 1 && nodes.contains(watcher)) {
                assertThat(heard(watcher).size() - heard).isEqualTo(differences(before, now));
            }
            before = now;
        }
        checkWhatWasTold();
    }

    private void act(Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> join(random);
            case 4, 5 -> leave(random);
            case 6 -> end(random, CloseReason.DISCONNECTED);
            case 7, 8 -> end(random, CloseReason.CONNECTION_LOST);
            case 9 -> reconnect(random);
            case 10 -> endGrace(random);
            default -> {
                if (random.nextInt(4) == 0) {
                    kill(random);
                }
            }
        }
    }

    private void join(Random random) {
        Visitor visitor = random.nextBoolean() ? anyone(random) : null;
        join(visitor == null ? newVisitor(any(nodes, random)) : visitor, anybody(random));
    }

    private void join(Visitor visitor, PresentPerson person) {
        pending.add(visitor.node().presence().join(visitor, person.place(), person.person()));
        held.get(visitor).add(person);
        awaited(visitor.node()).remove(person);
    }

    private void leave(Random random) {
        Visitor visitor = anyone(random);
        if (visitor != null && !held.get(visitor).isEmpty()) {
            PresentPerson person = any(List.copyOf(held.get(visitor)), random);
            visitor.node().presence().leave(visitor, person.place(), person.person());
            held.get(visitor).remove(person);
        }
    }

    private void end(Random random, CloseReason reason) {
        Visitor visitor = anyone(random);
        if (visitor != null) {
            end(visitor, reason);
        }
    }

    private void end(Visitor visitor, CloseReason reason) {
        Set<PresentPerson> people = held.remove(visitor);
        visitor.end(reason);
        if (!reason.deliberate()) {
            Set<PresentPerson> stillHeld = heldOn(visitor.node());
            people.stream().filter(person -> !stillHeld.contains(person)).forEach(awaited(visitor.node())::add);
        }
    }

    /** Somebody's connection is lost, and they are back on any node before anybody takes them for gone. */
    private void reconnect(Random random) {
        Visitor visitor = anyone(random);
        if (visitor != null) {
            Set<PresentPerson> people = Set.copyOf(held.get(visitor));
            end(visitor, CloseReason.CONNECTION_LOST);
            Visitor back = newVisitor(any(nodes, random));
            people.forEach(person -> join(back, person));
        }
    }

    private void endGrace(Random random) {
        settle();
        PresenceNode node = any(nodes, random);
        node.endGrace();
        awaited(node).clear();
    }

    private void kill(Random random) {
        settle();
        PresenceNode node = any(nodes, random);
        node.abandon();
        databases.lose(node.database());
        nodes.remove(node);
        gone.add(node);
        held.keySet().removeIf(visitor -> visitor.node() == node);
        awaited.remove(node);
        nodes.add(newNode());
    }

    /** So that what is told of these does not depend on which of them is first. */
    private void settle() {
        pending.forEach(TrialDatabase::await);
        pending.clear();
    }

    private void awaitEverywhere(Set<PresentPerson> people) {
        settle();
        Map<String, Set<String>> expected = byPlace(people);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
            for (String place : PLACES) {
                List<PeopleHere> seen =
                        nodes.stream().map(node -> node.presence().at(place)).toList();
                assertThat(seen)
                        .allSatisfy(here -> assertThat(here.people())
                                .containsExactlyInAnyOrderElementsOf(expected.getOrDefault(place, Set.of())));
                assertThat(seen.stream().map(PeopleHere::version).distinct()).hasSize(1);
                assertThat(seen.stream().map(PeopleHere::people).distinct()).hasSize(1);
            }
        });
    }

    private void checkWhatWasTold() {
        Map<Long, Heard> all = new TreeMap<>();
        Map<Long, Integer> toldHere = new HashMap<>();
        nodes.forEach(node -> addTo(all, toldHere, node));
        gone.forEach(node -> addTo(all, toldHere, node));
        Set<PresentPerson> there = new HashSet<>();
        for (Heard change : all.values()) {
            assertThat(change.joined() ? there.add(change.person()) : there.remove(change.person()))
                    .isTrue();
        }
        assertThat(there).isEqualTo(present());
        assertThat(toldHere.values()).containsOnly(1);
        for (PresenceNode node : nodes) {
            List<Long> versions = heard(node).stream().map(Heard::version).toList();
            long first = versions.isEmpty() ? Long.MAX_VALUE : versions.getFirst();
            assertThat(versions)
                    .isEqualTo(all.keySet().stream()
                            .filter(version -> version >= first)
                            .toList());
        }
    }

    private static void addTo(Map<Long, Heard> all, Map<Long, Integer> toldHere, PresenceNode node) {
        for (Heard change : heard(node)) {
            Heard same = new Heard(change.person(), change.joined(), change.version(), true);
            Heard known = all.putIfAbsent(change.version(), same);
            assertThat(known == null || known.equals(same)).isTrue();
            if (change.here()) {
                toldHere.merge(change.version(), 1, Integer::sum);
            }
        }
    }

    private Set<PresentPerson> present() {
        Set<PresentPerson> present = new HashSet<>();
        held.values().forEach(present::addAll);
        awaited.values().forEach(present::addAll);
        return present;
    }

    private Set<PresentPerson> heldOn(PresenceNode node) {
        return held.entrySet().stream()
                .filter(entry -> entry.getKey().node() == node)
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toSet());
    }

    private Set<PresentPerson> awaited(PresenceNode node) {
        return awaited.computeIfAbsent(node, any -> new HashSet<>());
    }

    private PresenceNode newNode() {
        return new PresenceNode(databases.open(), hub);
    }

    private Visitor newVisitor(PresenceNode node) {
        Visitor visitor = new Visitor("s" + sessions++, node);
        held.put(visitor, new HashSet<>());
        return visitor;
    }

    private @Nullable Visitor anyone(Random random) {
        return held.isEmpty() ? null : any(List.copyOf(held.keySet()), random);
    }

    private static PresentPerson anybody(Random random) {
        return new PresentPerson(any(PLACES, random), any(NAMES, random));
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Heard> heard(PresenceNode node) {
        return node.heard();
    }

    private static int differences(Set<PresentPerson> before, Set<PresentPerson> now) {
        Set<PresentPerson> either = new HashSet<>(before);
        either.addAll(now);
        either.removeIf(person -> before.contains(person) && now.contains(person));
        return either.size();
    }

    private static Map<String, Set<String>> byPlace(Set<PresentPerson> people) {
        return people.stream()
                .collect(Collectors.groupingBy(
                        PresentPerson::place, Collectors.mapping(PresentPerson::person, Collectors.toSet())));
    }
}
