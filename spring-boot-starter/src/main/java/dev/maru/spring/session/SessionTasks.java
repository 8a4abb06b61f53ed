package dev.maru.spring.session;

import dev.maru.engine.session.Session;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the application's code for each session one task at a time, in the order in which the tasks were given: its
 * annotated methods and its listeners of session events see one session's life in one order.
 *
 * <p>Safe for any thread; never runs a task on the caller's thread. A session has a queue only while it has tasks.
 */
public final class SessionTasks {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTasks.class);

    private final Executor executor;
    private final int most;
    private final ConcurrentMap<String, Queue<Runnable>> waiting = new ConcurrentHashMap<>();

    /**
     * @param executor whose threads run the tasks; one at a time for a session
     * @param most tasks of one session that may wait before {@link #offer} refuses further ones
     */
    public SessionTasks(Executor executor, int most) {
        this.executor = executor;
        this.most = most;
    }

    /** Runs the task after those that were given before it, unless too many wait already. Returns whether it will. */
    public boolean offer(Session session, Runnable task) {
        return add(session.id(), task, most);
    }

    /** Runs the task after those that were given before it; for tasks whose number something else bounds. */
    public void run(Session session, Runnable task) {
        add(session.id(), task, Integer.MAX_VALUE);
    }

    /** The same for a session that is not the engine's, by an id that is unique here. */
    public void run(String session, Runnable task) {
        add(session, task, Integer.MAX_VALUE);
    }

    private boolean add(String session, Runnable task, int limit) {
        boolean[] state = new boolean[2];
        waiting.compute(session, (id, tasks) -> {
            Queue<Runnable> queue = tasks == null ? new ArrayDeque<>(4) : tasks;
            state[0] = tasks == null;
            state[1] = queue.size() < limit && queue.add(task);
            return queue;
        });
        if (state[0]) {
            start(session);
        }
        return state[1];
    }

    private void start(String session) {
        try {
            executor.execute(() -> drain(session));
        } catch (RejectedExecutionException full) {
            // A pool that is full or shutting down must neither lose a task nor let it run on an event loop.
            Thread.startVirtualThread(() -> drain(session));
        }
    }

    private void drain(String session) {
        for (Runnable task = next(session); task != null; task = next(session)) {
            try {
                task.run();
            } catch (RuntimeException failure) {
                LOG.error("A task of session {} failed", session, failure);
            } catch (Error error) {
                start(session);
                throw error;
            }
        }
    }

    private @Nullable Runnable next(String session) {
        @Nullable Runnable[] next = new @Nullable Runnable[1];
        waiting.computeIfPresent(session, (id, tasks) -> {
            next[0] = tasks.poll();
            return next[0] == null ? null : tasks;
        });
        return next[0];
    }
}
