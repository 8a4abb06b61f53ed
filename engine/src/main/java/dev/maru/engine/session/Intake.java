package dev.maru.engine.session;

import dev.maru.engine.fanout.LoopTraffic;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether a connection is read from: not for a while after too much came at once, and not while too many frames
 * are unanswered or too many bytes unsent.
 *
 * <p>Confined to its session's event loop.
 */
final class Intake {
    private final EngineSession session;
    private final Connection connection;
    private final SessionContext context;
    private final FramePace pace;
    private boolean reading = true;
    private boolean paced;
    private long unsentBefore;

    Intake(EngineSession session, Connection connection, SessionContext context) {
        this.session = session;
        this.connection = connection;
        this.context = context;
        this.pace =
                new FramePace(context.limits().messageRate(), context.ticker().nanoTime());
    }

    /** Whether anything the client sends can reach us. */
    boolean reading() {
        return reading;
    }

    /** A frame has come; returns false if so many did that pausing does not help. */
    boolean admits(long now) {
        pace.count(now);
        return !pace.farTooFast();
    }

    /** A frame was taken. */
    void taken(long now) {
        keepPace(now);
        update();
    }

    /** What was written is on its way. */
    void flushed() {
        if (!reading || unsentBefore > 0 || connection.unsentBytes() > 0) {
            update();
        }
    }

    /** Reads on, or not, as things are now. */
    void update() {
        if (session.closed()) {
            return;
        }
        long unsent = connection.unsentBytes();
        noteUnsent(unsent);
        boolean on = !session.leaving()
                && !paced
                && unsent <= context.limits().unsentBytes()
                && session.frames().size() <= mostUnanswered();
        if (on != reading) {
            reading = on;
            connection.reading(on);
        }
    }

    /** The connection has ended. */
    void end() {
        noteUnsent(0);
    }

    /** Who was not read from is read from again when half of it is answered. */
    private int mostUnanswered() {
        int limit = context.limits().unansweredFrames();
        return reading ? limit - 1 : limit / 2;
    }

    /** Reads nothing for a while if the client is faster than it may be. */
    private void keepPace(long now) {
        long pause = paced ? 0 : pace.pause(now);
        if (pause > 0) {
            paced = true;
            var _ = connection.executor().schedule(this::goOn, pause, TimeUnit.NANOSECONDS);
        }
    }

    private void goOn() {
        paced = false;
        taken(context.ticker().nanoTime());
    }

    private void noteUnsent(long unsent) {
        if (unsent != unsentBefore) {
            traffic().unsentChanged(unsent - unsentBefore);
            unsentBefore = unsent;
        }
    }

    private LoopTraffic traffic() {
        return session.loop().traffic();
    }
}
