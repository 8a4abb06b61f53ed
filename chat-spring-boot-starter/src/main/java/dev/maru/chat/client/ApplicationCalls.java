package dev.maru.chat.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Calls what the application answers, which may block, from threads that may not: each call on a virtual thread of its
 * own. They are as many as there are frames and requests that wait for them, and those are bounded.
 *
 * <p>Safe for any thread.
 */
public final class ApplicationCalls {

    private final Executor threads;

    /** @param threads starts a virtual thread for each task */
    public ApplicationCalls(Executor threads) {
        this.threads = threads;
    }

    /**
     * Completes with the answer, or exceptionally with what is thrown.
     *
     * @param quick whether the call does not block, so that it is made at once, here
     */
    <T> CompletionStage<T> call(boolean quick, Supplier<T> call) {
        if (!quick) {
            return CompletableFuture.supplyAsync(call, threads);
        }
        try {
            return CompletableFuture.completedStage(call.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }
}
