package dev.maru.engine.fanout;

import dev.maru.engine.queue.QueueLimits;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Holds the messages of one destination back while some of them were stored ahead of their turn. What comes to the gate
 * is stored already, so only what entered before it can have its place before it: until it is known where that was
 * stored it waits; then, if it lies behind, until the turn of that has come.
 *
 * <p>A gate opens for good when too much waits behind it, and {@link Gates} opens it when somebody has been inside for
 * too long, so that nobody's transaction can keep the messages of the others for long.
 *
 * <p>Safe for any thread; guarded by its own lock, under which messages are passed on, and so taken before a topic's.
 */
final class Gate {
    /** What {@link #enter} answers if the gate is open. */
    static final long OPEN = -1;

    private static final int MOST_WAITING = 1024;

    private final Consumer<Delivery> onward;
    private final Bytes bytes;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final TreeMap<Long, Long> inside = new TreeMap<>();
    private final TreeSet<Long> unknown = new TreeSet<>();
    private final TreeMap<Long, Integer> barriers = new TreeMap<>();
    private long numbers;
    private boolean open;

    /** A message, and the number from which on what entered came later. */
    private record Waiting(Delivery message, long later, long size) {}

    /** What all gates together hold back. */
    record Bytes(AtomicLong held, long most) {}

    Gate(Consumer<Delivery> onward, Bytes bytes) {
        this.onward = onward;
        this.bytes = bytes;
    }

    /** Something will be stored ahead of its turn. Returns its number, or {@link #OPEN}. */
    synchronized long enter(long now) {
        if (open) {
            return OPEN;
        }
        inside.put(numbers, now);
        unknown.add(numbers);
        return numbers++;
    }

    /** It was stored at this offset. */
    synchronized void stored(long number, long offset) {
        unknown.remove(number);
        barriers.merge(offset, 1, Integer::sum);
        drain();
    }

    /** It will not be stored. */
    synchronized void failed(long number) {
        inside.remove(number);
        unknown.remove(number);
        drain();
    }

    /** The turn of what was stored at this offset has come. */
    synchronized void release(long number, long offset) {
        inside.remove(number);
        barriers.computeIfPresent(offset, (key, count) -> count == 1 ? null : count - 1);
        drain();
    }

    /** Takes a message, to pass it on when it may pass. Returns false if this gate is open. */
    synchronized boolean offer(Delivery message) {
        if (open) {
            return false;
        }
        long size = QueueLimits.size(message.content());
        waiting.add(new Waiting(message, numbers, size));
        long held = bytes.held().addAndGet(size);
        drain();
        if (waiting.size() > MOST_WAITING || (held > bytes.most() && !waiting.isEmpty())) {
            open();
        }
        return true;
    }

    /** Lets everything pass from now on. */
    synchronized void open() {
        open = true;
        while (!waiting.isEmpty()) {
            pass();
        }
    }

    /** Opens the gate if nothing is held back by it any more. Returns whether that opened it. */
    synchronized boolean openIfIdle() {
        boolean idle = !open && inside.isEmpty() && waiting.isEmpty();
        open |= idle;
        return idle;
    }

    /** How long somebody has been inside. */
    synchronized long age(long now) {
        return inside.isEmpty() ? 0 : now - inside.firstEntry().getValue();
    }

    synchronized boolean isOpen() {
        return open;
    }

    private void drain() {
        while (!waiting.isEmpty() && mayPass(waiting.element())) {
            pass();
        }
    }

    private void pass() {
        Waiting first = waiting.remove();
        bytes.held().addAndGet(-first.size());
        onward.accept(first.message());
    }

    private boolean mayPass(Waiting first) {
        return (unknown.isEmpty() || unknown.first() >= first.later())
                && (first.message().position() == null
                        || barriers.isEmpty()
                        || first.message().offset() < barriers.firstKey());
    }
}
