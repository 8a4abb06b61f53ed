package dev.maru.server.faults;

import dev.maru.server.faults.History.Entry;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Takes down what clients send and are answered. Safe for any thread. */
final class Recording {
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Queue<Entry> receipts = new ConcurrentLinkedQueue<>();

    /** To be called before it is sent, since nobody knows how far it gets. */
    void sent(String id) {
        sent.add(id);
    }

    void receipted(String id, long offset) {
        receipts.add(new Entry(offset, id));
    }

    History history(List<Person> people, List<Entry> log) {
        return new History(
                Set.copyOf(sent),
                List.copyOf(receipts),
                people.stream().map(Person::view).toList(),
                log);
    }
}
