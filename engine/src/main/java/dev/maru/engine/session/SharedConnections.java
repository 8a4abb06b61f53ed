package dev.maru.engine.session;

import dev.maru.engine.cluster.Cluster;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections users have on other nodes, so that the limit for each user holds over all of them. Each node tells
 * the others of a user whose number changed, a moment after it did, and every five seconds what all of its numbers add up
 * to; a node that has missed something asks for all of them. A node that is silent for 15 seconds has no connections any
 * more. So a limit may be passed by what is opened on different nodes within one moment, and while nodes do not hear each
 * other each one's limit is its own; who was let in stays.
 *
 * <p>Safe for any thread. A node that is alone tells and knows nothing.
 */
final class SharedConnections {
    private static final Logger log = LoggerFactory.getLogger(SharedConnections.class);
    private static final String KIND = "connections";
    private static final long PAUSE_MILLIS = 20;
    private static final long BEAT_MILLIS = 5000;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long BETWEEN_ANSWERS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_AT_ONCE = 1000;

    private final Cluster cluster;
    private final Ticker ticker;
    private final ToIntFunction<String> counts;
    private final CountedElsewhere elsewhere = new CountedElsewhere();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final Map<String, Integer> told = new HashMap<>();
    private final @Nullable ScheduledFuture<?> beats;
    private long checksum;
    private long answeredAt;

    /** @param counts how many connections a user has on this node */
    SharedConnections(Cluster cluster, Ticker ticker, ToIntFunction<String> counts) {
        this.cluster = cluster;
        this.ticker = ticker;
        this.counts = counts;
        this.answeredAt = ticker.nanoTime() - BETWEEN_ANSWERS_NANOS;
        this.beats = cluster.isAlone()
                ? null
                : GlobalEventExecutor.INSTANCE.scheduleWithFixedDelay(
                        this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        cluster.onAnnounced(KIND, this::hear);
    }

    /** How many connections a user has on other nodes, as far as they have told. */
    int elsewhere(String user) {
        return elsewhere.of(user);
    }

    /** A user has more connections here, or fewer. */
    void changed(String user) {
        if (beats != null && changed.add(user) && due.compareAndSet(false, true)) {
            var _ = GlobalEventExecutor.INSTANCE.schedule(this::tell, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Tells nothing more. Idempotent. */
    void close() {
        if (beats != null) {
            beats.cancel(false);
        }
    }

    private synchronized void tell() {
        due.set(false);
        Map<String, Integer> news = new LinkedHashMap<>();
        changed.removeIf(user -> {
            int count = counts.applyAsInt(user);
            Integer before = count == 0 ? told.remove(user) : told.put(user, count);
            checksum += CountedElsewhere.checksum(user, count)
                    - CountedElsewhere.checksum(user, before == null ? 0 : before);
            news.put(user, count);
            return true;
        });
        announce(news, false);
    }

    private synchronized void beat() {
        elsewhere.forgetSilent(ticker.nanoTime() - SILENCE_NANOS);
        announce(new ConnectionNews.Beat(cluster.nodeId(), checksum));
    }

    private synchronized void tellAll() {
        if (ticker.nanoTime() - answeredAt >= BETWEEN_ANSWERS_NANOS) {
            answeredAt = ticker.nanoTime();
            announce(told, true);
        }
    }

    private void announce(Map<String, Integer> users, boolean anew) {
        Map<String, Integer> part = new LinkedHashMap<>();
        boolean first = anew;
        for (Map.Entry<String, Integer> user : users.entrySet()) {
            part.put(user.getKey(), user.getValue());
            if (part.size() == MOST_AT_ONCE) {
                announce(new ConnectionNews.Counts(cluster.nodeId(), first, part));
                part = new LinkedHashMap<>();
                first = false;
            }
        }
        if (first || !part.isEmpty()) {
            announce(new ConnectionNews.Counts(cluster.nodeId(), first, part));
        }
    }

    private void announce(ConnectionNews news) {
        cluster.announce(KIND, news.encoded());
    }

    private void hear(byte[] bytes) {
        try {
            take(ConnectionNews.of(bytes));
        } catch (UncheckedIOException e) {
            log.warn("News of connections on another node cannot be read", e);
        }
    }

    private void take(ConnectionNews news) {
        switch (news) {
            case ConnectionNews.Counts counted -> {
                if (counted.first()) {
                    elsewhere.forget(counted.node());
                }
                counted.users().forEach((user, count) -> elsewhere.put(counted.node(), user, count, ticker.nanoTime()));
            }
            case ConnectionNews.Beat beat -> {
                if (!elsewhere.adds(beat.node(), beat.checksum(), ticker.nanoTime())) {
                    announce(new ConnectionNews.Question(cluster.nodeId(), beat.node()));
                }
            }
            case ConnectionNews.Question question -> {
                if (question.asked().equals(cluster.nodeId())) {
                    tellAll();
                }
            }
        }
    }
}
