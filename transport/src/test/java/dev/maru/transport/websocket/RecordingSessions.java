package dev.maru.transport.websocket;

import dev.maru.engine.session.Connection;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.StompSession;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Opens {@link RecordingSession}s. Safe for any thread. */
public final class RecordingSessions implements SessionOpener {
    private final BlockingQueue<RecordingSession> opened = new LinkedBlockingQueue<>();

    @Override
    public StompSession open(Connection connection, Handshake handshake) {
        RecordingSession session = new RecordingSession(connection, handshake);
        opened.add(session);
        return session;
    }

    /** The session that was opened next. */
    public RecordingSession next() throws InterruptedException {
        return Objects.requireNonNull(opened.poll(10, TimeUnit.SECONDS), "no session was opened");
    }

    public int waiting() {
        return opened.size();
    }
}
