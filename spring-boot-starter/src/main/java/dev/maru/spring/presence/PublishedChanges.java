package dev.maru.spring.presence;

import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.spring.session.SessionTasks;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes who comes and goes as application events, in order. Where listeners are so slow that too many wait, further
 * ones are left out, which is logged for the first of them and for every thousandth; the versions then have a gap.
 *
 * <p>Called under the lock of a place; publishes on the threads of {@link SessionTasks}.
 */
final class PublishedChanges implements PresenceListener {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedChanges.class);

    private final SessionTasks tasks;
    private final ApplicationEventPublisher publisher;
    private final AtomicLong leftOut = new AtomicLong();

    PublishedChanges(SessionTasks tasks, ApplicationEventPublisher publisher) {
        this.tasks = tasks;
        this.publisher = publisher;
    }

    @Override
    public void onJoined(PresentPerson person, long version) {
        publish(new PersonJoined(person.place(), person.person(), version));
    }

    @Override
    public void onLeft(PresentPerson person, long version) {
        publish(new PersonLeft(person.place(), person.person(), version));
    }

    private void publish(Object event) {
        if (!tasks.offerInTurn(this, () -> publisher.publishEvent(event)) && leftOut.getAndIncrement() % 1_000 == 0) {
            LOG.warn("Listeners of presence are too slow: {} events were left out so far", leftOut.get());
        }
    }
}
