package dev.maru.spring.messaging;

import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.spring.session.SessionMessages;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.simp.annotation.support.SimpAnnotationMethodMessageHandler;
import org.springframework.messaging.simp.stomp.StompCommand;

/**
 * Lets {@code @SubscribeMapping} methods answer those who subscribe to application destinations.
 *
 * <p>Called on the sessions' event loops; the methods run on the threads of {@link SessionTasks}.
 */
final class SubscribeMethods implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(SubscribeMethods.class);
    private static final byte[] EMPTY = new byte[0];

    private final SessionTasks tasks;
    private final SimpAnnotationMethodMessageHandler methods;

    SubscribeMethods(SessionTasks tasks, SimpAnnotationMethodMessageHandler methods) {
        this.tasks = tasks;
        this.methods = methods;
    }

    @Override
    public void onSubscribed(Session session, String subscriptionId, String destination, StompHeaders subscribe) {
        if (methods.getDestinationPrefixes().stream().anyMatch(destination::startsWith)
                && !tasks.offer(session, () -> answer(session, subscribe))) {
            LOG.warn("A subscription of session {} is not answered: too many wait already", session.id());
        }
    }

    private void answer(Session session, StompHeaders subscribe) {
        if (methods instanceof MappedMethods mapped) {
            mapped.answer(SessionMessages.of(session, StompCommand.SUBSCRIBE, subscribe, EMPTY));
        }
    }
}
