package dev.maru.engine.dispatch;

/**
 * One consumer as its queue's dispatch sees it.
 *
 * <p>Guarded by the dispatch's lock, but for what it is told to do.
 */
final class Consumer {
    private final QueueSubscription subscription;
    private final int window;
    private int outstanding;
    private boolean paused;

    Consumer(QueueSubscription subscription, int window) {
        this.subscription = subscription;
        this.window = window;
    }

    /** How many more messages it can take now. */
    int room() {
        return paused ? 0 : window - outstanding;
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
