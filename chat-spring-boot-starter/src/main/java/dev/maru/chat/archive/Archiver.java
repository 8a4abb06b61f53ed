package dev.maru.chat.archive;

import dev.maru.chat.room.Rooms;
import dev.maru.store.jdbc.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again for messages that are older than is kept, and moves them to the archive, on a platform thread of
 * its own: few at a time, each time in a transaction of their own, with a pause after it, so that chatting is not
 * delayed.
 *
 * <p>{@link #start} and {@link #close} are safe for any thread.
 */
public final class Archiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final int PAUSES_IN_WHAT_IS_KEPT = 100;

    private final Database database;
    private final ArchiveStep step;
    private final ArchivePlace place;
    private final Duration keep;
    private final InstantSource time;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    /**
     * @param archive the folder of the archive, made when it is needed
     * @param keep how long a message stays in the database; zero: for ever
     */
    public Archiver(Database database, Rooms rooms, Path archive, Duration keep, InstantSource time) {
        if (keep.isNegative()) {
            throw new IllegalArgumentException("maru.history.keep is how long messages are kept; it is " + keep);
        }
        this.database = database;
        this.step = new ArchiveStep(database, rooms.heads(), archive);
        this.place = new ArchivePlace(database, archive);
        this.keep = keep;
        this.time = time;
    }

    /** Begins, if messages are not kept for ever. */
    public synchronized void start() {
        if (thread == null && keep.isPositive() && closed.getCount() > 0) {
            thread = Thread.ofPlatform().daemon().name("maru-archive").start(this::run);
        }
    }

    /** Ends after the step that is being done. Idempotent. */
    @Override
    public synchronized void close() {
        closed.countDown();
        try {
            if (thread != null) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Moves everything that is too old now. Returns how many rooms could not be moved. */
    int moveWhatIsDue() throws InterruptedException {
        Instant before = time.instant().minus(keep);
        int failed = 0;
        List<String> room = nextDue(before, "");
        while (!room.isEmpty() && !isClosed(Duration.ZERO)) {
            failed += tryMove(room.getFirst(), before) ? 0 : 1;
            room = nextDue(before, room.getFirst());
        }
        return failed;
    }

    private void run() {
        try {
            do {
                round();
            } while (!isClosed(pause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    private void leave() {
        try {
            place.close();
        } catch (IOException e) {
            LOG.warn("The archive's folder stays locked until this process ends: {}", String.valueOf(e.getMessage()));
        }
    }

    private void round() throws InterruptedException {
        try {
            if (place.isHere()) {
                moveWhatIsDue();
            }
        } catch (IOException | CompletionException e) {
            LOG.warn("The archive could not be filled; trying again: {}", String.valueOf(e.getMessage()));
        }
    }

    private List<String> nextDue(Instant before, String after) {
        return database.slowReaders()
                .read(sql -> ArchiveRows.nextDue(sql, before, after))
                .toCompletableFuture()
                .join();
    }

    /** One room that cannot be moved does not keep the others here. */
    private boolean tryMove(String room, Instant before) throws InterruptedException {
        try {
            boolean more = true;
            while (more && !isClosed(BETWEEN_STEPS)) {
                more = step.move(room, before);
            }
            return true;
        } catch (IOException | CompletionException e) {
            LOG.warn(
                    "The room {} could not be archived; its messages stay where they are: {}",
                    room,
                    String.valueOf(e.getMessage()));
            return false;
        }
    }

    private Duration pause() {
        Duration pause = keep.dividedBy(PAUSES_IN_WHAT_IS_KEPT);
        return List.of(SHORTEST_PAUSE, pause, LONGEST_PAUSE).stream()
                .sorted()
                .toList()
                .get(1);
    }

    private boolean isClosed(Duration within) throws InterruptedException {
        return closed.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }
}
