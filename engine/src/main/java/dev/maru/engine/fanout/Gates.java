package dev.maru.engine.fanout;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The destinations on which something is held back now; mostly none.
 *
 * <p>Safe for any thread.
 */
final class Gates {
    /** How long a transaction may keep what others have stored behind its own message from their subscribers. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long nothing is held back on a destination on which it was for too long, or too much was. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    private static final HeldBack NOT_HELD = new HeldBack() {
        @Override
        public void stored(long offset) {}

        @Override
        public void release() {}
    };

    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();
    private final Gate.Bytes bytes = new Gate.Bytes(new AtomicLong(), MOST_BYTES);
    private final Consumer<Delivery> onward;

    Gates(Consumer<Delivery> onward) {
        this.onward = onward;
    }

    /** Takes the message if it must wait. */
    boolean offer(Delivery message) {
        if (gates.isEmpty()) {
            return false;
        }
        Gate gate = gates.get(message.destination());
        return gate != null && gate.offer(message);
    }

    /**
     * Holds back what is stored on this destination from now on; nothing, for a while after somebody's transaction kept
     * the others waiting to the last, so that by one after the other nobody delays them all the time.
     */
    HeldBack hold(String destination) {
        long now = System.nanoTime();
        HeldBack[] held = {NOT_HELD};
        gates.compute(destination, (name, existing) -> {
            Gate gate = existing == null ? make(name) : existing;
            long number = gate.enter(now);
            if (number != Gate.OPEN) {
                held[0] = new Held(name, gate, number);
            }
            return gate;
        });
        return held[0];
    }

    private Gate make(String destination) {
        Gate made = new Gate(onward, bytes);
        later(() -> look(destination, made), MOST_NANOS);
        return made;
    }

    private void look(String destination, Gate gate) {
        if (gates.get(destination) != gate) {
            return;
        }
        long age = gate.age(System.nanoTime());
        if (age >= MOST_NANOS) {
            gate.open();
        }
        if (gate.isOpen()) {
            later(() -> gates.remove(destination, gate), REST_NANOS);
        } else {
            later(() -> look(destination, gate), MOST_NANOS - age);
        }
    }

    private static void later(Runnable action, long nanos) {
        var _ = GlobalEventExecutor.INSTANCE.schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    private void tidy(String destination) {
        gates.computeIfPresent(destination, (name, gate) -> gate.openIfIdle() ? null : gate);
    }

    private final class Held implements HeldBack {
        private final String destination;
        private final Gate gate;
        private final long number;
        private @Nullable Long offset;
        private boolean released;

        Held(String destination, Gate gate, long number) {
            this.destination = destination;
            this.gate = gate;
            this.number = number;
        }

        @Override
        public synchronized void stored(long at) {
            if (!released && offset == null) {
                offset = at;
                gate.stored(number, at);
            }
        }

        @Override
        public synchronized void release() {
            if (released) {
                return;
            }
            released = true;
            if (offset == null) {
                gate.failed(number);
            } else {
                gate.release(number, offset);
            }
            tidy(destination);
        }
    }
}
