package dev.maru.server.account;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.session.ClientNetwork;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often somebody may guess: at a name from an address, from an address at all names, and, with more patience, at a
 * name from all addresses, so that nobody keeps a name's owner out by guessing at it. An address is known by its
 * {@link ClientNetwork}. An attempt counts until it has succeeded, on all nodes that hear of it. Remembers a bounded number
 * of all three, and forgets what was idle longest.
 *
 * <p>Safe for any thread.
 */
final class LoginAttempts {
    private static final int MOST_REMEMBERED = 50_000;
    private static final String TAKEN = "maru.login.taken";
    private static final String GIVEN_BACK = "maru.login.given-back";
    private static final Pattern ATTEMPT = Pattern.compile("([0-9a-f]{64}) (\\S{1,100})");

    /**
     * Whether an attempt may be made.
     *
     * @param left how long there is none left; zero if it may be made
     * @param becauseOfOthers whether only what came from other addresses is in its way
     */
    record Answer(Duration left, boolean becauseOfOthers) {
        private static final Answer TRY = new Answer(Duration.ZERO, false);

        boolean refuses() {
            return left.isPositive();
        }
    }

    private final CredentialSettings.Limits limits;
    private final InstantSource time;
    private final Cluster cluster;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    LoginAttempts(CredentialSettings.Limits limits, InstantSource time, Cluster cluster) {
        this.limits = limits;
        this.time = time;
        this.cluster = cluster;
        cluster.onAnnounced(TAKEN, payload -> ifAttempt(payload, this::count));
        cluster.onAnnounced(GIVEN_BACK, payload -> ifAttempt(payload, this::uncount));
    }

    /** Takes an attempt. */
    Answer take(String name, ClientNetwork client) {
        return take(name, client, limits.loginAttemptsPerName());
    }

    /** As {@link #take}, whatever others did at this name. */
    Answer takeWhateverOthersDid(String name, ClientNetwork client) {
        return take(name, client, Integer.MAX_VALUE);
    }

    /** The attempt was none: the password was right. */
    void giveBack(String name, ClientNetwork client) {
        String hash = Secrets.hash(name);
        uncount(hash, client.name());
        tell(GIVEN_BACK, hash, client.name());
    }

    private Answer take(String name, ClientNetwork client, int mostForName) {
        String hash = Secrets.hash(name);
        Answer answer = take(hash, client.name(), mostForName);
        if (!answer.refuses()) {
            tell(TAKEN, hash, client.name());
        }
        return answer;
    }

    private synchronized Answer take(String nameHash, String client, int mostForName) {
        Window ofClient = window(clientKey(client));
        if (ofClient.taken >= limits.loginAttemptsPerAddress()) {
            return new Answer(left(ofClient), false);
        }
        // Only now: an address without attempts must not push out of memory what is known of other names.
        Window ofPair = window(pairKey(nameHash, client));
        if (ofPair.taken >= limits.loginAttempts()) {
            return new Answer(left(ofPair), false);
        }
        Window ofName = window(nameKey(nameHash));
        if (ofName.taken >= mostForName) {
            return new Answer(left(ofName), true);
        }
        count(nameHash, client);
        return Answer.TRY;
    }

    private synchronized void count(String nameHash, String client) {
        window(clientKey(client)).taken++;
        window(pairKey(nameHash, client)).taken++;
        window(nameKey(nameHash)).taken++;
    }

    private synchronized void uncount(String nameHash, String client) {
        windows.remove(pairKey(nameHash, client));
        window(clientKey(client)).giveBack();
        window(nameKey(nameHash)).giveBack();
    }

    /** Other nodes count it, too. */
    private void tell(String kind, String nameHash, String client) {
        cluster.announce(kind, (nameHash + ' ' + client).getBytes(StandardCharsets.UTF_8));
    }

    private static void ifAttempt(byte[] payload, BiConsumer<String, String> action) {
        Matcher attempt = ATTEMPT.matcher(new String(payload, StandardCharsets.UTF_8));
        if (attempt.matches()) {
            action.accept(attempt.group(1), attempt.group(2));
        }
    }

    private Duration left(Window window) {
        return Duration.between(time.instant(), window.end);
    }

    private Window window(String key) {
        Instant now = time.instant();
        Window window = windows.get(key);
        if (window == null || !now.isBefore(window.end)) {
            window = new Window(now.plus(limits.loginWindow()));
            windows.put(key, window);
        }
        return window;
    }

    /** By a hash, so that long names take no more memory than short ones. */
    private static String nameKey(String nameHash) {
        return "name:" + nameHash;
    }

    private static String clientKey(String client) {
        return "client:" + client;
    }

    private static String pairKey(String nameHash, String client) {
        return clientKey(client) + " " + nameKey(nameHash);
    }

    /** What was taken until the window ends. Guarded by the attempts. */
    private static final class Window {
        private final Instant end;
        private int taken;

        private Window(Instant end) {
            this.end = end;
        }

        /** Nothing was taken if the window has been forgotten in the meantime. */
        private void giveBack() {
            taken = Math.max(0, taken - 1);
        }
    }
}
