package dev.maru.engine.cluster;

import dev.maru.engine.fault.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands over what applications published, for adapters that take several messages at a time and acknowledge them
 * together. What is refused is logged and dropped; what fails for a reason that may pass is to be tried again, for an
 * hour at most.
 *
 * <p>Confined to the thread that takes the messages; it blocks while they are stored.
 */
public final class OutsideHandover {
    private static final Logger log = LoggerFactory.getLogger(OutsideHandover.class);
    private static final Duration AT_MOST = Duration.ofHours(1);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final Function<OutsideMessage, CompletionStage<?>> publish;
    private final InstantSource clock;
    private @Nullable Instant failingSince;

    private record Attempt(OutsideMessage message, CompletableFuture<?> stored) {}

    /** @param publish as {@link OutsideExchange#start} was given it */
    public OutsideHandover(Function<OutsideMessage, CompletionStage<?>> publish, InstantSource clock) {
        this.publish = publish;
        this.clock = clock;
    }

    /** Publishes these in their order, waits for all of them, and returns those that are to be tried again. */
    public List<OutsideMessage> attempt(List<OutsideMessage> messages) {
        List<Attempt> attempts = messages.stream()
                .map(message -> new Attempt(message, publish(message).toCompletableFuture()))
                .toList();
        List<OutsideMessage> again = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Throwable failure = attempt.stored.handle((_, error) -> error).join();
            if (failure != null && isToBeTriedAgain(attempt.message, failure)) {
                again.add(attempt.message);
            }
        }
        if (again.isEmpty()) {
            failingSince = null;
        }
        return again;
    }

    private CompletionStage<?> publish(OutsideMessage message) {
        try {
            return publish.apply(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private boolean isToBeTriedAgain(OutsideMessage message, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean again = mayPass(cause) && !isTooLong();
        log.atLevel(again ? Level.DEBUG : Level.WARN)
                .log(
                        "{} what an application published to {}: {}",
                        again ? "cannot store now" : "refused",
                        message.destination(),
                        cause.toString());
        return again;
    }

    private static boolean mayPass(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            int status = refusal.fault().httpStatus();
            return status == TOO_MANY_REQUESTS || (status >= INTERNAL_ERROR && status != NOT_IMPLEMENTED);
        }
        return true;
    }

    private boolean isTooLong() {
        Instant now = clock.instant();
        Instant since = failingSince;
        if (since == null) {
            failingSince = now;
            return false;
        }
        return since.plus(AT_MOST).isBefore(now);
    }
}
