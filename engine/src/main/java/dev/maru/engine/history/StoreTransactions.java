package dev.maru.engine.history;

/**
 * Binds several writes into one: to logs and to queues that are in the same store.
 *
 * <p>Safe for any thread.
 */
@FunctionalInterface
public interface StoreTransactions {

    /** Each write is on its own. */
    StoreTransactions NONE = Runnable::run;

    /**
     * Runs the action on the calling thread. All writes that it asks for on that thread are stored together or not at
     * all; if one of them fails their stages fail all.
     */
    void together(Runnable writes);
}
