package dev.maru.cluster.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread wait for Kafka, and for nothing any more once it is to end.
 *
 * <p>Safe for any thread.
 */
final class Closing {
    private static final Duration AWAIT = Duration.ofMillis(4L * KafkaSettings.PATIENCE_MILLIS);
    private static final Duration END = Duration.ofSeconds(4);

    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    boolean isBegun() {
        return begun.isDone();
    }

    /** Ends all waiting, and waits for the thread for a few seconds. */
    void begin(@Nullable Thread waiting) {
        begun.complete(null);
        try {
            if (waiting != null && !waiting.equals(Thread.currentThread())) {
                waiting.join(END);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns after this time, or when closing begins, as it does when the thread is interrupted. */
    void pause(Duration time) {
        try {
            begun.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return;
        } catch (InterruptedException _) {
            begun.complete(null);
        }
    }

    /** @throws KafkaException if the stage fails, or takes too long, or closing begins */
    <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            CompletableFuture.anyOf(future, begun).get(AWAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer from Kafka", e);
        } catch (InterruptedException e) {
            begun.complete(null);
            throw new KafkaException("interrupted", e);
        }
        if (!future.isDone()) {
            throw new KafkaException("closing");
        }
        return future.join();
    }
}
