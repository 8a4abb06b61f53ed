package dev.maru.spring.socket;

import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.spring.session.SessionTasks;
import dev.maru.stomp.StompLimits;
import dev.maru.transport.conversation.Conversation;
import dev.maru.transport.conversation.Peer;
import dev.maru.transport.http.AllowedOrigins;
import dev.maru.transport.http.WebSocketEndpoint;
import dev.maru.transport.sockjs.SockJsSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The clients of all handlers. When the application goes down they are sent away, and their handlers hear of it,
 * before anything else stops.
 *
 * <p>Safe for any thread; started and stopped by the container.
 */
public final class SocketSessions implements SmartLifecycle {
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final SocketLimits limits;
    private final SessionTasks tasks;
    private final Duration comeBackWithin;
    private final Set<SocketSession> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean stopped;

    SocketSessions(SocketLimits limits, Executor executor, Duration comeBackWithin) {
        this.limits = limits;
        this.tasks = new SessionTasks(executor, Integer.MAX_VALUE);
        this.comeBackWithin = comeBackWithin;
    }

    /**
     * A place where clients talk to this application.
     *
     * @param origins which pages of other sites may connect, as {@link AllowedOrigins#of(Collection)} takes them
     */
    public WebSocketEndpoint endpoint(
            String path, Collection<String> origins, @Nullable SockJsSettings sockJs, SocketApplication application) {
        int longest = sockJs == null ? limits.messageBytes() : limits.sockJsFrameBytes();
        WebSocketEndpoint plain = WebSocketEndpoint.at(path)
                .withOrigins(AllowedOrigins.of(origins))
                .withLimits(StompLimits.DEFAULT, longest)
                .withConversations((peer, handshake) -> converse(peer, handshake, application));
        return sockJs == null ? plain : plain.withSockJs(sockJs);
    }

    /** Those that are open now. */
    public Set<SocketSession> all() {
        return Collections.unmodifiableSet(open);
    }

    private Conversation converse(Peer peer, Handshake handshake, SocketApplication application) {
        SocketSession session = new SocketSession(peer, handshake, limits);
        Inbox inbox =
                new Inbox(session.id(), tasks, peer, limits.socketWaitingSize().toBytes());
        open.add(session);
        SocketConversation conversation = new SocketConversation(session, inbox, () -> open.remove(session));
        conversation.open(application);
        if (stopped) {
            sendAway(session);
        }
        return conversation;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Returns when every handler has heard of the end of its clients, or a moment is over. */
    @Override
    public void stop() {
        running = false;
        stopped = true;
        open.forEach(this::sendAway);
        long end = System.nanoTime() + FAREWELL.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void sendAway(SocketSession session) {
        int comeBack = 1 + ThreadLocalRandom.current().nextInt(Math.toIntExact(comeBackWithin.toMillis()));
        session.close(CloseReason.SERVER_SHUTDOWN.code(), CloseReason.SERVER_SHUTDOWN.text(comeBack));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Who was sent away stays away, so a pause of the context must not do it. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
