package dev.maru.engine.fanout;

import dev.maru.engine.destination.DestinationKind;
import dev.maru.engine.history.LogHead;
import dev.maru.engine.history.MessageLog;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A destination with subscribers on this node: the one place where the order of its messages is decided before they go
 * to the event loops that have subscribers.
 *
 * <p>A destination with history learns from its log where it stands before anything passes; what arrives meanwhile
 * waits. A message beyond a gap waits too, and after a moment the gap is read from the log.
 *
 * <p>Safe for any thread; guarded by its own lock, under which nothing waits: messages are only put into the mailboxes
 * of the loops.
 */
final class Topic {
    private static final Logger log = LoggerFactory.getLogger(Topic.class);
    private static final long GAP_PATIENCE_MILLIS = 50;
    private static final long RETRY_MILLIS = 1000;
    private static final int GAP_PAGE = 256;
    private static final int MAX_EARLY = 1024;

    private final DestinationKind kind;
    private final CompletableFuture<LogHead> ready = new CompletableFuture<>();
    private final List<Delivery> early = new ArrayList<>(0);
    private long newestEarly;
    private Loop[] loops = {};
    private @Nullable Sequencer sequencer;
    private String epoch = "";
    private boolean gapTimerRuns;

    Topic(DestinationKind kind) {
        this.kind = kind;
    }

    DestinationKind kind() {
        return kind;
    }

    /**
     * Asks the log where the destination stands. Called once, by whoever made the topic, without holding locks.
     *
     * @param heard completes when what other nodes publish comes here; what they stored before is in the log
     */
    void start(CompletionStage<?> heard) {
        MessageLog history = kind.log();
        heard.whenComplete((_, _) -> {
            if (history == null) {
                becomeReady(new LogHead(FanOut.NO_HISTORY, 1));
            } else {
                history.head(kind.canonical()).whenComplete(this::onHead);
            }
        });
    }

    /** Completes with the head at the start; subscriptions wait for it. Its callbacks run under the topic's lock. */
    CompletableFuture<LogHead> ready() {
        return ready;
    }

    /** The offset that passed last; meaningful once {@link #ready}. */
    synchronized long head() {
        return sequencer == null ? 0 : sequencer.head();
    }

    synchronized void join(Loop loop) {
        loops = Arrays.copyOf(loops, loops.length + 1);
        loops[loops.length - 1] = loop;
    }

    /** Removes a loop; returns whether none is left. */
    synchronized boolean leave(Loop loop) {
        loops = Arrays.stream(loops).filter(other -> other != loop).toArray(Loop[]::new);
        return loops.length == 0;
    }

    /** Passes a message on: a stored one when its turn comes, any other at once. */
    synchronized void offer(Delivery message, Loop[] patternLoops) {
        if (!ready.isDone()) {
            newestEarly = Math.max(newestEarly, message.offset());
            if (early.size() < MAX_EARLY) {
                early.add(message);
            }
            return;
        }
        if (message.position() == null || sequencer == null) {
            pass(message, patternLoops);
        } else {
            sequencer.offer(message, next -> pass(next, patternLoops));
            watchGap();
        }
    }

    /** The log reaches at least to here. */
    synchronized void expect(StreamPosition reached) {
        if (sequencer == null) {
            newestEarly = Math.max(newestEarly, reached.offset());
        } else if (reached.epoch().equals(epoch)) {
            sequencer.expect(reached.offset());
            watchGap();
        }
    }

    private void pass(Delivery message, Loop[] patternLoops) {
        for (Loop loop : loops) {
            loop.offer(message);
        }
        for (Loop loop : patternLoops) {
            if (!Arrays.asList(loops).contains(loop)) {
                loop.offer(message);
            }
        }
    }

    private void onHead(@Nullable LogHead head, @Nullable Throwable error) {
        synchronized (this) {
            if (head == null) {
                log.warn("The history of {} cannot be read", kind.canonical(), error);
                ready.completeExceptionally(error == null ? new IllegalStateException("no head") : error);
                early.clear();
                return;
            }
            epoch = head.position().epoch();
            sequencer = new Sequencer(head.position().offset());
            becomeReady(head);
            sequencer.expect(newestEarly);
            watchGap();
        }
    }

    private synchronized void becomeReady(LogHead head) {
        ready.complete(head);
        early.forEach(message -> offer(message, FanOut.NO_LOOPS));
        early.clear();
    }

    private void watchGap() {
        if (sequencer != null && sequencer.hasGap() && !gapTimerRuns && loops.length > 0) {
            gapTimerRuns = true;
            schedule(GAP_PATIENCE_MILLIS);
        }
    }

    private void schedule(long millis) {
        var _ = loops[0].executor().schedule(this::fillGap, millis, TimeUnit.MILLISECONDS);
    }

    private void fillGap() {
        MessageLog history = kind.log();
        long after;
        synchronized (this) {
            if (history == null || sequencer == null || !sequencer.hasGap() || loops.length == 0) {
                gapTimerRuns = false;
                return;
            }
            after = sequencer.head();
        }
        history.readAfter(kind.canonical(), after, GAP_PAGE).whenComplete(this::onGapRead);
    }

    private void onGapRead(@Nullable List<StoredMessage> messages, @Nullable Throwable error) {
        synchronized (this) {
            if (messages != null && !messages.isEmpty() && sequencer != null) {
                sequencer.skipTo(messages.getFirst().position().offset(), next -> pass(next, FanOut.NO_LOOPS));
                messages.forEach(message -> offer(FanOut.delivery(message), FanOut.NO_LOOPS));
            }
            gapTimerRuns = false;
            if (sequencer != null && sequencer.hasGap() && loops.length > 0) {
                gapTimerRuns = true;
                schedule(messages == null || messages.isEmpty() ? RETRY_MILLIS : GAP_PATIENCE_MILLIS);
            }
        }
    }
}
