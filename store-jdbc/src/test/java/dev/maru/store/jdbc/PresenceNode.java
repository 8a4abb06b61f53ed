package dev.maru.store.jdbc;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.cluster.ClusterNews;
import dev.maru.engine.cluster.ClusterSettings;
import dev.maru.engine.history.StoredMessage;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.engine.presence.Presence;
import dev.maru.engine.presence.PresenceListener;
import dev.maru.engine.presence.PresenceSettings;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.testkit.InProcessClusterBroker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A node with visitors, as far as presence is concerned. Its grace periods end when the test says so.
 *
 * <p>Confined to the test's thread, but for what it hears.
 */
final class PresenceNode {
    private static final Duration GRACE = Duration.ofHours(1);

    private final Database database;
    private final Cluster cluster;
    private final Timer timer = new Timer();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Presence presence;

    /** A change as it was told on a node. */
    record Heard(PresentPerson person, boolean joined, long version, boolean here) {}

    PresenceNode(Database database, InProcessClusterBroker.Hub hub) {
        this.database = database;
        this.cluster = Cluster.of(hub.newBroker(), ClusterSettings.DEFAULT);
        this.presence = new Presence(
                new PresenceSettings(GRACE, Duration.ZERO),
                new JdbcSharedPresenceStore(database, cluster, Duration.ZERO),
                new Listener(),
                timer);
        TrialDatabase.await(presence.restore());
        cluster.start(new NoNews());
    }

    Database database() {
        return database;
    }

    Presence presence() {
        return presence;
    }

    /** What was told here so far. */
    List<Heard> heard() {
        return heard;
    }

    /** All grace periods are over. */
    void endGrace() {
        timer.elapse();
    }

    /** Nothing of it is left in this process but what the database thinks. */
    void abandon() {
        timer.shutdownNow();
        cluster.close();
    }

    private final class Listener implements PresenceListener {
        @Override
        public void onJoined(PresentPerson person, long version) {
            heard.add(new Heard(person, true, version, true));
        }

        @Override
        public void onLeft(PresentPerson person, long version) {
            heard.add(new Heard(person, false, version, true));
        }

        @Override
        public void onJoinedElsewhere(PresentPerson person, long version) {
            heard.add(new Heard(person, true, version, false));
        }

        @Override
        public void onLeftElsewhere(PresentPerson person, long version) {
            heard.add(new Heard(person, false, version, false));
        }
    }

    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final ConcurrentLinkedQueue<Runnable> graces = new ConcurrentLinkedQueue<>();

        Timer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) < GRACE.toMillis()) {
                return super.schedule(action, delay, unit);
            }
            graces.add(action);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void elapse() {
            for (Runnable action = graces.poll(); action != null; action = graces.poll()) {
                action.run();
            }
        }
    }

    /** Somebody's session on this node. */
    static final class Visitor implements Session {
        private final String id;
        private final PresenceNode node;
        private final Map<String, Object> attributes = new ConcurrentHashMap<>();
        private volatile boolean open = true;

        Visitor(String id, PresenceNode node) {
            this.id = id;
            this.node = node;
        }

        PresenceNode node() {
            return node;
        }

        void end(CloseReason reason) {
            open = false;
            node.presence.onClosed(this, reason);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Handshake handshake() {
            return new Handshake("/ws", Map.of(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), "test");
        }

        @Override
        public SessionUser user() {
            return new SessionUser(id, true);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public Map<String, Object> attributes() {
            return attributes;
        }

        @Override
        public void send(String destination, MessageContent content) {}

        @Override
        public void close(CloseReason reason) {}
    }

    static final class NoNews implements ClusterNews {
        @Override
        public void onStored(StoredMessage message) {}

        @Override
        public void onBroadcast(String destination, MessageContent content) {}

        @Override
        public void onHead(String destination, StreamPosition head) {}

        @Override
        public void onDoubt() {}
    }
}
