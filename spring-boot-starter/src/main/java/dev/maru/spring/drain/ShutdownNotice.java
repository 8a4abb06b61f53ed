package dev.maru.spring.drain;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Says that the application is not ready any more, before anything of it stops, and gives load balancers the time to
 * notice.
 *
 * <p>Called by the thread that closes the application; it waits.
 */
final class ShutdownNotice implements ApplicationListener<ContextClosedEvent>, Ordered {
    private final ApplicationContext application;
    private final Duration notice;

    ShutdownNotice(ApplicationContext application, Duration notice) {
        this.application = application;
        this.notice = notice;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(application)) {
            AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
            long end = System.nanoTime() + notice.toNanos();
            for (long left = notice.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /** Before executors hear of it: until the notice is over everything works as ever. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
