package dev.maru.spring.presence;

import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.spring.session.SessionTasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes who comes and goes as application events, in order. Where listeners are so slow that too many wait, further
 * ones are left out; the versions then have a gap.
 *
 * <p>Called under the lock of a place; publishes on the threads of {@link SessionTasks}.
 */
final class PublishedChanges implements PresenceListener {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedChanges.class);

    private final SessionTasks tasks;
    private final ApplicationEventPublisher publisher;

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
        if (!tasks.offerInTurn(this, () -> publisher.publishEvent(event))) {
            LOG.warn("Listeners of presence are too slow; this one is left out: {}", event);
        }
    }
}
