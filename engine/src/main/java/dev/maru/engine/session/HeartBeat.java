package dev.maru.engine.session;

import io.netty.util.concurrent.Ticker;
import java.time.Duration;

/**
 * When a session last heard from its client and last wrote to it, and what follows from that (STOMP 1.2,
 * "Heart-beating"). Also watches that CONNECT comes in time.
 *
 * <p>Confined to its session's event loop.
 */
final class HeartBeat {
    /** A client is silent for good after this many tenths of the agreed interval. */
    private static final int PATIENCE_TENTHS = 25;

    private final EngineSession session;
    private final SessionLimits limits;
    private final Ticker ticker;
    private final long openedAt;
    private long heardAt;
    private long sentAt;
    private long sendEvery;
    private long silenceAllowed;
    private long unsent;

    HeartBeat(EngineSession session, SessionLimits limits, Ticker ticker) {
        this.session = session;
        this.limits = limits;
        this.ticker = ticker;
        this.openedAt = ticker.nanoTime();
        this.heardAt = openedAt;
        this.sentAt = openedAt;
    }

    /**
     * Settles both directions.
     *
     * @param clientCanSend the client's interval in milliseconds, 0 if it sends none
     * @param clientWants how often it wants to hear from us, in milliseconds, 0 for never
     */
    void agree(long clientCanSend, long clientWants) {
        long weSend = sendInterval(limits);
        long weWant = limits.heartBeatReceive().toMillis();
        sendEvery = clientWants == 0
                ? 0
                : Duration.ofMillis(Math.max(weSend, clientWants)).toNanos();
        silenceAllowed = clientCanSend == 0
                ? 0
                : Duration.ofMillis(Math.max(weWant, clientCanSend)).toNanos() / 10 * PATIENCE_TENTHS;
    }

    /** What the server offers in CONNECTED: how often it sends at most, and how often it wants to hear. */
    static String offer(SessionLimits limits) {
        return sendInterval(limits) + "," + limits.heartBeatReceive().toMillis();
    }

    void heard() {
        heardAt = ticker.nanoTime();
    }

    void sent() {
        sentAt = ticker.nanoTime();
    }

    /** Does what is due; called by the wheel at least as often as anything can be due. */
    void check(long now, long untilNextCheck) {
        if (!session.reading()) {
            hearWhileNotReading(now);
        }
        if (!session.connected()) {
            if (now - openedAt >= limits.connectTimeout().toNanos()) {
                session.closeNow(CloseReason.CONNECT_TIMEOUT);
            }
        } else if (silenceAllowed > 0 && now - heardAt > silenceAllowed) {
            session.closeNow(CloseReason.HEART_BEAT_MISSED);
        } else if (sendEvery > 0 && now + untilNextCheck - sentAt > sendEvery) {
            session.writeHeartBeat();
        }
    }

    /**
     * A client is not silent because we do not read. Where that is because it takes nothing in, what still leaves is
     * its sign of life.
     */
    private void hearWhileNotReading(long now) {
        long left = session.unsentBytes();
        if (!session.congested() || left < unsent) {
            heardAt = now;
        }
        unsent = left;
    }

    /** The wheel comes round no more often than this. */
    private static long sendInterval(SessionLimits limits) {
        return Math.max(limits.heartBeatSend().toMillis(), HeartBeatWheel.TURN_MILLIS);
    }
}
