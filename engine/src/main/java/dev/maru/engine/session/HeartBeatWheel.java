package dev.maru.engine.session;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the heart-beats of all sessions of one event loop, with one timer for all of them. The sessions are
 * spread over the slots of a wheel; each tick visits one slot, each turn of the wheel visits every session once.
 *
 * <p>Confined to its event loop.
 */
final class HeartBeatWheel {
    private static final int SLOTS = 4;
    private static final long TICK_MILLIS = 125;

    /** How long a turn of the wheel takes. */
    static final long TURN_MILLIS = SLOTS * TICK_MILLIS;

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS);

    private final EventExecutor executor;
    private final Ticker ticker;
    private final List<List<EngineSession>> slots = new ArrayList<>();
    private int current;
    private int sessions;

    HeartBeatWheel(EventExecutor executor, Ticker ticker) {
        this.executor = executor;
        this.ticker = ticker;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Looks after this session until it is closed. */
    void add(EngineSession session) {
        slots.get(sessions % SLOTS).add(session);
        if (sessions++ == 0) {
            scheduleTick();
        }
    }

    private void scheduleTick() {
        Future<?> _ = executor.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        List<EngineSession> slot = slots.get(current);
        current = (current + 1) % SLOTS;
        long now = ticker.nanoTime();
        int before = slot.size();
        slot.removeIf(EngineSession::closed);
        sessions -= before - slot.size();
        for (int i = 0; i < slot.size(); i++) {
            slot.get(i).heartBeat().check(now, TURN_NANOS);
        }
        if (sessions > 0) {
            scheduleTick();
        }
    }
}
