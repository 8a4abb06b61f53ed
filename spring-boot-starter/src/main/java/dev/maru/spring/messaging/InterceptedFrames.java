package dev.maru.spring.messaging;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionListener;
import dev.maru.spring.session.SessionMessages;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows ACK, NACK, BEGIN, COMMIT and ABORT to the interceptors of {@code clientInboundChannel}, in the order in which
 * the session's frames came. They may look and not refuse.
 *
 * <p>Called on event loops; the interceptors run on the threads of {@link SessionTasks}. Where there are none nothing
 * leaves the event loop.
 */
final class InterceptedFrames implements SessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(InterceptedFrames.class);
    private static final byte[] EMPTY = {};

    private final SessionTasks tasks;
    private final InterceptedClients interceptors;

    InterceptedFrames(SessionTasks tasks, InterceptedClients interceptors) {
        this.tasks = tasks;
        this.interceptors = interceptors;
    }

    @Override
    public void onFrame(Session session, StompCommand command, StompHeaders headers) {
        if (interceptors.intercepted() && !tasks.offer(session, () -> show(session, command, headers))) {
            LOG.warn("Session {} is closed: its frames come faster than they are intercepted", session.id());
            session.close(CloseReason.REFUSED);
        }
    }

    private void show(Session session, StompCommand command, StompHeaders headers) {
        interceptors.show(SessionMessages.of(
                session,
                org.springframework.messaging.simp.stomp.StompCommand.valueOf(command.name()),
                headers,
                EMPTY));
    }
}
