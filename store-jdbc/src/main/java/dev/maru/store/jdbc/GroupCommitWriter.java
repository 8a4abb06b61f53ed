package dev.maru.store.jdbc;

import dev.maru.engine.history.LogUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the database.
 *
 * <p>Safe for any thread; nothing here blocks the caller but {@link #close()}.
 *
 * <p>The thread takes everything that waits, up to the size of a group, and does it in one transaction, because
 * syncing a commit to the disk costs far more than the rows in it. No timer waits for more: while one group is synced,
 * the next one gathers by itself, the larger the busier the server is.
 *
 * <p>After the commit the writes are announced in their order on this thread; then their stages complete, in the same
 * order, on a second thread, so that whatever hangs on them does not delay the next group. If a group fails, its
 * writes are tried singly, so that one that cannot succeed does not spoil the others; if it is the database that
 * fails, the rest is given up after a few attempts rather than let everybody wait.
 *
 * <p>The overflow policy is to refuse: past the limits of unanswered writes, in number and in bytes, a stage fails at
 * once. An {@link Error} ends the thread for good: what waits and what comes later fails, and {@link #onDeath} tells.
 */
public final class GroupCommitWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);
    private static final int ATTEMPTS_ON_A_FAILING_DATABASE = 3;
    private static final long PROBE_SECONDS = 1;
    private static final long CLOSE_SECONDS = 30;

    private final ScopedValue<List<WriteJob<?>>> together = ScopedValue.newInstance();
    private final int groupSize;
    private final BlockingQueue<WriteJob<?>> waiting;
    private final Backlog unanswered;
    private final LongAdder commits = new LongAdder();
    private final LongAdder committed = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final List<Runnable> mourners = new CopyOnWriteArrayList<>();
    private final List<Runnable> doubters = new CopyOnWriteArrayList<>();
    private final WriteTransaction transaction;
    private final ExecutorService answers;
    private final Thread thread;
    /** Confined to the thread. */
    private boolean inDoubt;

    private volatile boolean closing;
    private volatile boolean stopped;

    GroupCommitWriter(Dialect dialect, DatabaseSettings settings) {
        this.unanswered = new Backlog(settings.waitingWrites(), settings.waitingBytes());
        this.groupSize = settings.groupSize();
        this.waiting = new ArrayBlockingQueue<>(settings.waitingWrites() + 1);
        this.transaction = new WriteTransaction(dialect);
        this.answers = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("maru-writer-answers").factory());
        this.thread = Thread.ofPlatform().daemon().name("maru-writer").start(this::run);
    }

    /**
     * Queues a write. The stage completes when it is durable and announced, or exceptionally with the write's
     * {@link dev.maru.engine.fault.Refusal} or a {@link LogUnavailableException}. Writes of one thread are done in the
     * order of its calls.
     */
    public <T> CompletionStage<T> submit(Write<T> write) {
        WriteJob<T> job = new WriteJob<>(write, false);
        if (together.isBound()) {
            together.get().add(job);
            return job.stage();
        }
        return enqueue(job);
    }

    /**
     * Runs the action on the calling thread. What it submits on this thread is done in one transaction: all of it, or
     * nothing if any of it fails, and then every stage fails with that.
     */
    public void together(Runnable action) {
        List<WriteJob<?>> jobs = new ArrayList<>();
        ScopedValue.where(together, jobs).run(action);
        if (!jobs.isEmpty()) {
            enqueue(new WriteJob<>(new JoinedWrite(jobs), false))
                    .whenComplete((_, error) -> jobs.forEach(job -> job.answerJoined(error)));
        }
    }

    /**
     * Queues a write that is done in a transaction of its own, after the group that it was taken with: for what can
     * wait, so that nobody waits for it. Otherwise as {@link #submit}.
     */
    public <T> CompletionStage<T> submitApart(Write<T> write) {
        return enqueue(new WriteJob<>(write, true));
    }

    /**
     * Runs the action in turn with the announcements of this thread's writes, on the writer's thread; at once, if none are
     * on their way, and also if so many are that others need the room.
     */
    public void inTurn(Runnable action) {
        if (unanswered.isEmpty() || unanswered.isHalfFull()) {
            action.run();
            return;
        }
        enqueue(new WriteJob<>(new Turn(action), false)).whenComplete((_, error) -> {
            if (error != null) {
                action.run();
            }
        });
    }

    /** How busy this is and was. */
    public WriterLoad load() {
        return new WriterLoad(
                unanswered.count(), unanswered.bytes(), commits.sum(), committed.sum(), commitNanos.sum());
    }

    /** Adds someone who takes part in every transaction from the next one on. */
    public void add(CommitHook hook) {
        transaction.add(hook);
    }

    /**
     * Adds someone who is told, on the writer's thread, that an error has ended it: nothing will be stored any more.
     */
    public void onDeath(Runnable mourner) {
        mourners.add(mourner);
    }

    /**
     * Adds someone who is told that writes which were answered with a failure may have been stored all the same, and were
     * announced to nobody: the connection was lost while they were committed. Told when the database answers again;
     * returns quickly and does not throw.
     */
    public void onDoubt(Runnable doubter) {
        doubters.add(doubter);
    }

    /** Drains the queue, then ends the thread. Not to be called by writes or what hangs on them. Idempotent. */
    @Override
    public void close() {
        closing = true;
        waiting.offer(new WriteJob<>(_ -> true, false));
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            answers.shutdown();
            if (!answers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("What hangs on the last writes did not end within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Changes nothing, and stands in line for that. */
    private record Turn(Runnable action) implements Write<Boolean> {
        @Override
        public Boolean write(Sql sql) {
            return true;
        }

        @Override
        public void committed(Boolean result) {
            action.run();
        }
    }

    private <T> CompletionStage<T> enqueue(WriteJob<T> job) {
        if (closing) {
            return refuse(job, "the store is closed");
        }
        if (!unanswered.tryEnter(job.bytes())) {
            return refuse(job, "too many writes wait");
        }
        if (!waiting.offer(job)) {
            unanswered.leave(job.bytes());
            return refuse(job, "too many writes wait");
        }
        if (stopped && waiting.remove(job)) {
            return refuse(job, "the store is closed");
        }
        return job.stage();
    }

    private static <T> CompletionStage<T> refuse(WriteJob<T> job, String reason) {
        job.fail(new LogUnavailableException(reason, new RejectedExecutionException(reason)));
        job.answer();
        return job.stage();
    }

    private void run() {
        List<WriteJob<?>> taken = new ArrayList<>();
        try {
            while (!closing || !waiting.isEmpty()) {
                taken.clear();
                WriteJob<?> first = inDoubt ? waiting.poll(PROBE_SECONDS, TimeUnit.SECONDS) : waiting.take();
                if (first == null) {
                    attempt(List.of());
                    continue;
                }
                taken.add(first);
                waiting.drainTo(taken, groupSize - 1);
                commit(taken);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            LOG.error("The writer has ended; nothing is stored any more until the server is started again", e);
            closing = true;
            mourners.forEach(Runnable::run);
        } finally {
            closing = true;
            stopped = true;
            transaction.close();
            waiting.drainTo(taken);
            abandon(List.copyOf(taken));
        }
    }

    /** Fails what has no answer yet: nothing, unless an error ended the thread. */
    private void abandon(List<WriteJob<?>> jobs) {
        answers.execute(() -> jobs.forEach(job -> refuse(job, "the writer has stopped")));
    }

    private void commit(List<WriteJob<?>> taken) {
        List<WriteJob<?>> group = taken.stream().filter(job -> !job.apart()).toList();
        if (!group.isEmpty()) {
            commitTogether(group);
        }
        taken.stream().filter(WriteJob::apart).forEach(job -> commitTogether(List.of(job)));
    }

    private void commitTogether(List<WriteJob<?>> group) {
        WriteTransaction.Outcome outcome = attempt(group);
        if (outcome == WriteTransaction.Outcome.COMMITTED) {
            announce(group);
        } else if (group.size() == 1
                || outcome == WriteTransaction.Outcome.DATABASE_GONE
                || outcome == WriteTransaction.Outcome.IN_DOUBT) {
            fail(group);
        } else {
            LOG.info("A group of {} writes failed; trying them singly: {}", group.size(), reason());
            commitSingly(group);
        }
        answer(group);
    }

    private void commitSingly(List<WriteJob<?>> group) {
        int attemptsLeft = ATTEMPTS_ON_A_FAILING_DATABASE;
        for (int i = 0; i < group.size(); i++) {
            List<WriteJob<?>> single = group.subList(i, i + 1);
            switch (attempt(single)) {
                case COMMITTED -> {
                    announce(single);
                    attemptsLeft = ATTEMPTS_ON_A_FAILING_DATABASE;
                }
                case STATEMENT_FAILED -> fail(single);
                case DATABASE_FAILED, DATABASE_GONE, IN_DOUBT -> {
                    fail(single);
                    attemptsLeft--;
                }
            }
            if (attemptsLeft == 0) {
                fail(group.subList(i + 1, group.size()));
                return;
            }
        }
    }

    private WriteTransaction.Outcome attempt(List<WriteJob<?>> jobs) {
        long begin = System.nanoTime();
        WriteTransaction.Outcome outcome = transaction.attempt(jobs);
        inDoubt |= outcome == WriteTransaction.Outcome.IN_DOUBT;
        if (outcome == WriteTransaction.Outcome.COMMITTED) {
            settleDoubt();
            commits.increment();
            committed.add(jobs.size());
            commitNanos.add(System.nanoTime() - begin);
        }
        return outcome;
    }

    /** The database is there again: what it has without our knowledge can be looked for. */
    private void settleDoubt() {
        if (inDoubt) {
            inDoubt = false;
            answers.execute(() -> doubters.forEach(Runnable::run));
        }
    }

    private void fail(List<WriteJob<?>> jobs) {
        if (!jobs.isEmpty()) {
            Exception cause = transaction.failure();
            LOG.warn("{} writes failed: {}", jobs.size(), reason());
            jobs.forEach(job -> job.fail(cause));
        }
    }

    private String reason() {
        return String.valueOf(transaction.failure().getMessage());
    }

    private static void announce(List<WriteJob<?>> jobs) {
        for (WriteJob<?> job : jobs) {
            try {
                job.announce();
            } catch (RuntimeException e) {
                LOG.error("A stored write could not be announced", e);
            }
        }
    }

    private void answer(List<WriteJob<?>> jobs) {
        answers.execute(() -> {
            for (WriteJob<?> job : jobs) {
                unanswered.leave(job.bytes());
                job.answer();
            }
        });
    }
}
