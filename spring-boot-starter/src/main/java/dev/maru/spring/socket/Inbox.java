package dev.maru.spring.socket;

import dev.maru.spring.session.SessionTasks;
import dev.maru.transport.conversation.Peer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one client has sent and its handler has not taken up yet. A client that sends faster than it is served is not
 * read from for a while; what one reading brings is always taken.
 *
 * <p>Filled by the client's event loop, emptied by virtual threads, one task at a time.
 */
final class Inbox {
    private static final int OVERHEAD = 64;

    private final String id;
    private final SessionTasks tasks;
    private final Peer peer;
    private final long limit;
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean paused;

    Inbox(String id, SessionTasks tasks, Peer peer, long limit) {
        this.id = id;
        this.tasks = tasks;
        this.peer = peer;
        this.limit = limit;
    }

    /** Has a message of so many bytes handled behind those before it. */
    void add(int bytes, Runnable handling) {
        long weight = (long) bytes + OVERHEAD;
        if (waiting.addAndGet(weight) > limit && !paused) {
            paused = true;
            peer.reading(false);
        }
        tasks.inTurn(id, () -> {
            try {
                handling.run();
            } finally {
                taken(weight);
            }
        });
    }

    /** The same for what is not the client's doing. */
    void run(Runnable task) {
        tasks.inTurn(id, task);
    }

    private void taken(long weight) {
        if (waiting.addAndGet(-weight) <= limit / 2 && paused) {
            peer.executor().execute(this::resume);
        }
    }

    private void resume() {
        if (paused && waiting.get() <= limit / 2) {
            paused = false;
            peer.reading(true);
        }
    }
}
