package dev.maru.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a client got, in the order of their arrival, and who waits for them.
 *
 * <p>Safe for any thread; guarded by its own lock.
 */
final class Inbox {
    private final List<ReceivedFrame> all = new ArrayList<>();
    private final List<ReceivedFrame> untaken = new ArrayList<>();
    private @Nullable String end;

    synchronized void add(ReceivedFrame frame) {
        all.add(frame);
        untaken.add(frame);
        notifyAll();
    }

    /** Nothing more will come. The first reason counts. */
    synchronized void end(String reason) {
        end = end == null ? reason : end;
        notifyAll();
    }

    synchronized List<ReceivedFrame> all() {
        return List.copyOf(all);
    }

    /** Takes the first matching frame that was not taken before and leaves the others where they are. */
    synchronized ReceivedFrame take(Predicate<ReceivedFrame> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        @Nullable ReceivedFrame found = poll(wanted);
        while (found == null) {
            long left = deadline - System.nanoTime();
            if (end != null || left <= 0) {
                throw new AssertionError("no such frame " + (end == null ? "within " + patience : "before " + end)
                        + "; all there is: " + all);
            }
            await(left);
            found = poll(wanted);
        }
        return found;
    }

    private @Nullable ReceivedFrame poll(Predicate<ReceivedFrame> wanted) {
        for (Iterator<ReceivedFrame> frames = untaken.iterator(); frames.hasNext(); ) {
            ReceivedFrame frame = frames.next();
            if (wanted.test(frame)) {
                frames.remove();
                return frame;
            }
        }
        return null;
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a frame", e);
        }
    }
}
