package dev.maru.engine.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The messages of one destination from one offset on, up to {@value #SIZE} of them: first the reading of them, and then
 * what was read and has been appended since. It may end before the destination does, if an append was not told in time;
 * what it has is always without a gap, so whoever needs what lies behind its end reads the page anew.
 *
 * <p>Safe for any thread; guarded by its own lock, under which nothing waits.
 */
final class HistoryPage {
    /** How many messages a page has. */
    static final int SIZE = 128;

    /** What a message takes beside its body. */
    private static final int MESSAGE_OVERHEAD = 160;

    /** What a page takes beside its messages. */
    private static final int PAGE_OVERHEAD = 1024;

    private final HistoryCache cache;
    private final Consumer<HistoryPage> onDiscarded;
    private final long after;
    private final CompletableFuture<List<StoredMessage>> reading = new CompletableFuture<>();
    private final List<StoredMessage> messages = new ArrayList<>();
    private long bytes;
    private boolean gone;
    private volatile boolean used;

    /**
     * @param after the messages of the page come after this offset
     * @param onDiscarded told when the page gives way to others
     */
    HistoryPage(HistoryCache cache, long after, Consumer<HistoryPage> onDiscarded) {
        this.cache = cache;
        this.after = after;
        this.onDiscarded = onDiscarded;
    }

    /** The number of the page that has the message after this offset. */
    static long number(long offset) {
        return offset / SIZE;
    }

    /**
     * Completes with the messages of the page when they were read; where the log has none of these any more, with what it
     * gave in their place.
     */
    CompletableFuture<List<StoredMessage>> reading() {
        return reading;
    }

    /** Somebody asked for it. */
    void use() {
        used = true;
    }

    /** Whether anybody asked for it since this was asked the last time. */
    boolean takeUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** The messages after an offset, as many as are here; empty if none is. */
    synchronized List<StoredMessage> after(long offset, int limit) {
        if (messages.isEmpty()) {
            return List.of();
        }
        long first = messages.getFirst().position().offset();
        int from = (int) Math.max(0, offset + 1 - first);
        int to = (int) Math.min(messages.size(), (long) from + limit);
        return from < to ? List.copyOf(messages.subList(from, to)) : List.of();
    }

    /** The log has answered. Keeps what belongs to the page, if anything does, and whoever waits for it goes on. */
    void fill(List<StoredMessage> read) {
        List<StoredMessage> own = read.stream().filter(this::belongs).toList();
        if (own.isEmpty()) {
            discard();
        } else {
            keep(own);
        }
        reading.complete(own.isEmpty() ? read : own);
    }

    /** The log could not be read, and whoever waits for it hears why. */
    void fail(Throwable error) {
        discard();
        reading.completeExceptionally(error);
    }

    /** A message has been stored; it is taken if it is the next one. */
    void append(StoredMessage message) {
        long more = 0;
        synchronized (this) {
            if (!gone
                    && !messages.isEmpty()
                    && messages.getLast().position().offset() + 1
                            == message.position().offset()
                    && belongs(message)) {
                more = take(message);
            }
        }
        if (more > 0) {
            cache.grew(more);
        }
    }

    /** Gives up what it has and takes nothing more. Idempotent. */
    void discard() {
        long less;
        synchronized (this) {
            gone = true;
            less = bytes;
            bytes = 0;
            messages.clear();
        }
        cache.left(this, less);
        onDiscarded.accept(this);
    }

    private void keep(List<StoredMessage> own) {
        long more = PAGE_OVERHEAD;
        synchronized (this) {
            if (gone) {
                return;
            }
            bytes += more;
            for (StoredMessage message : own) {
                more += take(message);
            }
        }
        cache.entered(this);
        cache.grew(more);
    }

    private boolean belongs(StoredMessage message) {
        long offset = message.position().offset();
        return offset > after && offset <= after + SIZE;
    }

    private long take(StoredMessage message) {
        long size = (long) MESSAGE_OVERHEAD + message.content().body().length;
        messages.add(message);
        bytes += size;
        return size;
    }
}
