package dev.maru.engine.dispatch;

/**
 * One consumer as its queue's dispatch sees it.
 *
 * <p>Guarded by the dispatch's lock, but for what it is told to do.
 */
final class Consumer {
    private static final int FIRST_PAGE = 4;

    private final QueueSubscription subscription;
    private final int window;
    private int outstanding;
    private int written;
    private boolean paused;

    Consumer(QueueSubscription subscription, int window) {
        this.subscription = subscription;
        this.window = window;
    }

    /** How many more messages it can take now. */
    int room() {
        return paused ? 0 : window - outstanding;
    }

    /**
     * How many messages to lease for it at a time. At first few: one that comes and goes again costs little, and one that
     * stays gets as many again each time as it has got before.
     */
    int appetite() {
        return Math.min(room(), Math.max(FIRST_PAGE, written));
    }

    /** A message was written to its connection. */
    void written() {
        written = Math.min(written + 1, window);
    }

    /** Its connection takes no more, or takes more again. */
    void paused(boolean on) {
        paused = on;
    }

    /** Gets a message, on its own event loop. */
    void give(Parcel parcel) {
        outstanding++;
        subscription.post(parcel);
    }

    /** So many messages are settled, or were given back. */
    void settled(int messages) {
        outstanding -= messages;
    }
}
