package dev.maru.engine.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private final Changes changes = new Changes();
    private final Store store = new Store();
    private final Timer timer = new Timer();
    private final Presence presence = new Presence(PresenceSettings.DEFAULT, store, changes, timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void tellsOfAPersonWhoComes() {
        assertThat(presence.join(new Visitor("1"), "lobby", "민수")).isCompletedWithValue(true);

        assertThat(changes.told).containsExactly("+민수");
        assertThat(presence.at("lobby").people()).containsExactly("민수");
        assertThat(store.people).containsExactly(new PresentPerson("lobby", "민수"));
    }

    @Test
    void isQuietAboutAPersonWhoIsThereAlready() {
        presence.join(new Visitor("1"), "lobby", "민수");

        assertThat(presence.join(new Visitor("2"), "lobby", "민수")).isCompletedWithValue(false);
        assertThat(changes.told).containsExactly("+민수");
    }

    @Test
    void keepsAPersonAsLongAsOneSessionHoldsThem() {
        Visitor first = new Visitor("1");
        Visitor second = new Visitor("2");
        presence.join(first, "lobby", "민수");
        presence.join(second, "lobby", "민수");

        close(first, CloseReason.DISCONNECTED);
        assertThat(changes.told).containsExactly("+민수");

        close(second, CloseReason.DISCONNECTED);
        assertThat(changes.told).containsExactly("+민수", "-민수");
        assertThat(store.people).isEmpty();
    }

    @Test
    void waitsForTheReturnOfAPersonWhoWasLost() {
        Visitor visitor = new Visitor("1");
        presence.join(visitor, "lobby", "민수");

        close(visitor, CloseReason.CLIENT_WENT_AWAY);
        assertThat(changes.told).containsExactly("+민수");

        timer.elapse();
        assertThat(changes.told).containsExactly("+민수", "-민수");
    }

    @Test
    void isQuietAboutAPersonWhoComesBackInTime() {
        Visitor visitor = new Visitor("1");
        presence.join(visitor, "lobby", "민수");

        close(visitor, CloseReason.CONNECTION_LOST);
        assertThat(presence.join(new Visitor("2"), "lobby", "민수")).isCompletedWithValue(false);
        timer.elapse();

        assertThat(changes.told).containsExactly("+민수");
    }

    @Test
    void givesASecondLossItsOwnTime() {
        Visitor first = new Visitor("1");
        Visitor second = new Visitor("2");
        presence.join(first, "lobby", "민수");
        close(first, CloseReason.CONNECTION_LOST);
        presence.join(second, "lobby", "민수");
        Runnable endOfTheFirstGrace = timer.waiting.removeFirst();
        close(second, CloseReason.CONNECTION_LOST);

        endOfTheFirstGrace.run();
        assertThat(changes.told).containsExactly("+민수");

        timer.elapse();
        assertThat(changes.told).containsExactly("+민수", "-민수");
    }

    @Test
    void tellsOfALeaveOnceHoweverOftenItIsAsked() {
        Visitor visitor = new Visitor("1");
        presence.join(visitor, "lobby", "민수");

        presence.leave(visitor, "lobby", "민수");
        presence.leave(visitor, "lobby", "민수");
        close(visitor, CloseReason.DISCONNECTED);

        assertThat(changes.told).containsExactly("+민수", "-민수");
    }

    @Test
    void letsNobodyTakeAwayWhomTheyDoNotHold() {
        presence.join(new Visitor("1"), "lobby", "민수");

        presence.leave(new Visitor("2"), "lobby", "민수");

        assertThat(changes.told).containsExactly("+민수");
    }

    @Test
    void bringsNobodyWithASessionThatIsOver() {
        Visitor visitor = new Visitor("1");
        close(visitor, CloseReason.CONNECTION_LOST);

        assertThat(presence.join(visitor, "lobby", "민수")).isCompletedWithValue(false);
        assertThat(presence.at("lobby").people()).isEmpty();
    }

    @Test
    void isQuietAboutARestart() {
        Visitor visitor = new Visitor("1");
        presence.join(visitor, "lobby", "민수");
        presence.join(visitor, "lobby", "지우");
        close(visitor, CloseReason.SERVER_SHUTDOWN);

        Changes later = new Changes();
        Presence restarted = new Presence(PresenceSettings.DEFAULT, store, later, timer);
        restarted.restore().toCompletableFuture().join();
        assertThat(restarted.at("lobby").people()).containsExactly("민수", "지우");
        assertThat(restarted.join(new Visitor("2"), "lobby", "민수")).isCompletedWithValue(false);
        timer.elapse();

        assertThat(later.told).containsExactly("-지우");
        assertThat(changes.told).containsExactly("+민수", "+지우");
    }

    @Test
    void countsVersionsUp() {
        Visitor visitor = new Visitor("1");
        presence.join(visitor, "lobby", "민수");
        long first = presence.at("lobby").version();
        presence.join(visitor, "lobby", "지우");

        assertThat(presence.at("lobby").version()).isGreaterThan(first);
        assertThat(changes.versions).isSorted().doesNotHaveDuplicates();
    }

    private void close(Visitor visitor, CloseReason reason) {
        visitor.open = false;
        presence.onClosed(visitor, reason);
    }

    private static final class Changes implements PresenceListener {
        private final List<String> told = new ArrayList<>();
        private final List<Long> versions = new ArrayList<>();

        @Override
        public void onJoined(PresentPerson person, long version) {
            told.add("+" + person.person());
            versions.add(version);
        }

        @Override
        public void onLeft(PresentPerson person, long version) {
            told.add("-" + person.person());
            versions.add(version);
        }
    }

    private static final class Store implements PresenceStore {
        private final Set<PresentPerson> people = new LinkedHashSet<>();

        @Override
        public CompletionStage<Collection<PresentPerson>> load() {
            return CompletableFuture.completedStage(List.copyOf(people));
        }

        @Override
        public CompletionStage<?> put(PresentPerson person) {
            people.add(person);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> remove(PresentPerson person) {
            people.remove(person);
            return CompletableFuture.completedStage(null);
        }
    }

    /** Time that passes when the test says so. */
    private static final class Timer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> waiting = new ArrayList<>();

        Timer() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
            waiting.add(action);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        void elapse() {
            List<Runnable> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        }
    }

    private static final class Visitor implements Session {
        private final String id;
        private final Map<String, Object> attributes = new ConcurrentHashMap<>();
        private boolean open = true;

        Visitor(String id) {
            this.id = id;
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
}
