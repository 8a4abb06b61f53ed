package dev.maru.engine.fanout;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The destinations on which something is held back now; mostly none.
 *
 * <p>Safe for any thread.
 */
final class Gates {
    /** How long a transaction may keep what others have stored behind its own message from their subscribers. */
    private static final long MOST_SECONDS = 5;

    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();
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

    /** Holds back what is stored on this destination from now on. */
    HeldBack hold(String destination) {
        return new Held(destination, gates.compute(destination, (name, existing) -> {
            if (existing != null && existing.enter()) {
                return existing;
            }
            Gate made = new Gate(onward);
            made.enter();
            openLater(name, made);
            return made;
        }));
    }

    private void openLater(String destination, Gate gate) {
        var _ = GlobalEventExecutor.INSTANCE.schedule(
                () -> {
                    gates.remove(destination, gate);
                    gate.open();
                },
                MOST_SECONDS,
                TimeUnit.SECONDS);
    }

    private void tidy(String destination) {
        gates.computeIfPresent(destination, (name, gate) -> gate.openIfIdle() ? null : gate);
    }

    private final class Held implements HeldBack {
        private final String destination;
        private final Gate gate;
        private @Nullable Long offset;
        private boolean released;

        Held(String destination, Gate gate) {
            this.destination = destination;
            this.gate = gate;
        }

        @Override
        public synchronized void stored(long at) {
            if (!released && offset == null) {
                offset = at;
                gate.stored(at);
            }
        }

        @Override
        public synchronized void release() {
            if (released) {
                return;
            }
            released = true;
            if (offset == null) {
                gate.failed();
            } else {
                gate.release(offset);
            }
            tidy(destination);
        }
    }
}
