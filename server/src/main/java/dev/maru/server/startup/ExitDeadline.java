package dev.maru.server.startup;

import dev.maru.spring.drain.DrainProperties;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Ends the process in time though something in it hangs, a disk that does not answer for example. What was acknowledged is
 * on the disk by then, so nothing is lost that would not be by SIGKILL.
 *
 * <p>Immutable; its time runs on a thread of its own, from the signal on.
 */
final class ExitDeadline {
    private static final Logger LOG = LoggerFactory.getLogger("dev.maru.server");
    private static final int FAILED = 1;

    private final Duration time;

    ExitDeadline(ExitSettings settings, DrainProperties drain) {
        this.time = settings.exitWithin().isZero()
                ? Duration.ZERO
                : settings.exitWithin().plus(drain.notice());
    }

    @EventListener
    void onReady(ApplicationReadyEvent event) {
        if (!time.isZero()) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            // The process waits for its hooks, and not for what they have started.
                            () -> Thread.ofPlatform()
                                    .daemon()
                                    .name("maru-exit-deadline")
                                    .start(this::haltInTime),
                            "maru-exit-hook"));
        }
    }

    private void haltInTime() {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        LOG.error("Maru has not ended within {} and is halted", time);
        Runtime.getRuntime().halt(FAILED);
    }
}
