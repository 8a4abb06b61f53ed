package dev.maru.store.jdbc;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.presence.PresenceChange;
import dev.maru.engine.presence.PresenceMove;
import dev.maru.engine.presence.SharedPresenceStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is where, in a database that several nodes share. Changes are written by a writer of their own, so that no message
 * waits while nodes take turns at them; the others are told that there is something to read, and what they are not told
 * of they find when they look. The people of a node whose lease has run out leave when another node notices: at the next
 * renewal of its own lease.
 *
 * <p>Safe for any thread.
 */
public final class JdbcSharedPresenceStore implements SharedPresenceStore {
    private static final String KIND = "presence";
    private static final long LONGEST_SILENCE_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long FORGET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Database database;
    private final NodeLease lease;
    private final Cluster cluster;
    private final long awayMillis;
    private final Set<Long> mine = ConcurrentHashMap.newKeySet();
    private final AtomicLong readMillis = new AtomicLong();
    private volatile Runnable changed = () -> {};
    private volatile Runnable lost = () -> {};
    private long forgotAt = System.nanoTime();

    /**
     * The presence of this node and the others. Once for each database, before the cluster is started.
     *
     * @param cluster the other nodes, which are told of changes
     * @param away how long people stay after their node was closed, and, when all nodes were gone, after the first is back
     * @throws IllegalArgumentException if the database is not shared
     */
    public JdbcSharedPresenceStore(Database database, Cluster cluster, Duration away) {
        NodeLease shared = database.lease();
        if (shared == null) {
            throw new IllegalArgumentException("this database has one process at a time: " + database.product());
        }
        this.database = database;
        this.lease = shared;
        this.cluster = cluster;
        this.awayMillis = away.toMillis();
        mine.add(shared.node());
        shared.rest(away);
        shared.onNewNode(this::onNewNode);
        shared.add(this::sweep);
        cluster.onAnnounced(KIND, nothing -> changed.run());
        cluster.onDoubt(() -> changed.run());
    }

    @Override
    public CompletionStage<Everybody> load() {
        return database.readers().read(sql -> {
            readMillis.set(PresenceRows.after(sql, Long.MAX_VALUE).readMillis());
            return PresenceRows.everybody(sql);
        });
    }

    @Override
    public CompletionStage<List<PresenceChange>> apply(List<PresenceMove> moves) {
        return database.sideWriter()
                .submit(sql -> PresenceRows.apply(sql, moves, lease.node()))
                .thenApply(changes -> {
                    if (!changes.isEmpty()) {
                        tellOthers();
                    }
                    return changes.stream().map(this::read).toList();
                });
    }

    @Override
    public CompletionStage<Optional<List<PresenceChange>>> after(long version) {
        return database.readers().read(sql -> PresenceRows.after(sql, version)).thenApply(page -> {
            long before = readMillis.getAndSet(page.readMillis());
            return page.readMillis() - before > LONGEST_SILENCE_MILLIS
                    ? Optional.empty()
                    : Optional.of(page.changes().stream().map(this::read).toList());
        });
    }

    @Override
    public void onNews(Runnable changed, Runnable lost) {
        this.changed = changed;
        this.lost = lost;
    }

    private Runnable sweep(Sql sql) throws SQLException {
        boolean reaped = PresenceRows.reap(sql, lease.node(), awayMillis);
        if (System.nanoTime() - forgotAt > FORGET_NANOS) {
            forgotAt = System.nanoTime();
            PresenceRows.forget(sql, lease.node());
        }
        return () -> {
            if (reaped) {
                tellOthers();
                changed.run();
            }
        };
    }

    private void onNewNode() {
        mine.add(lease.node());
        lost.run();
    }

    private void tellOthers() {
        cluster.announce(KIND, new byte[0]);
    }

    private PresenceChange read(PresenceRows.Change change) {
        return new PresenceChange(change.person(), change.joined(), change.version(), mine.contains(change.node()));
    }
}
