package dev.maru.server.account;

import dev.maru.engine.session.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may guess: at a name from an address, from an address at all names, and, with more patience, at a
 * name from all addresses, so that nobody keeps a name's owner out by guessing at it. An address is known by its
 * {@link ClientNetwork}. An attempt counts until it has succeeded. Remembers a bounded number of all three, and forgets
 * what was idle longest.
 *
 * <p>Safe for any thread.
 */
final class LoginAttempts {
    private static final int MOST_REMEMBERED = 50_000;

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
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    LoginAttempts(CredentialSettings.Limits limits, InstantSource time) {
        this.limits = limits;
        this.time = time;
    }

    /** Takes an attempt. */
    synchronized Answer take(String name, ClientNetwork client) {
        return take(name, client, limits.loginAttemptsPerName());
    }

    /** As {@link #take}, whatever others did at this name. */
    synchronized Answer takeWhateverOthersDid(String name, ClientNetwork client) {
        return take(name, client, Integer.MAX_VALUE);
    }

    /** The attempt was none: the password was right. */
    synchronized void giveBack(String name, ClientNetwork client) {
        windows.remove(pairKey(name, client));
        window(clientKey(client)).giveBack();
        window(nameKey(name)).giveBack();
    }

    private Answer take(String name, ClientNetwork client, int mostForName) {
        Window ofClient = window(clientKey(client));
        if (ofClient.taken >= limits.loginAttemptsPerAddress()) {
            return new Answer(left(ofClient), false);
        }
        // Only now: an address without attempts must not push out of memory what is known of other names.
        Window ofPair = window(pairKey(name, client));
        if (ofPair.taken >= limits.loginAttempts()) {
            return new Answer(left(ofPair), false);
        }
        Window ofName = window(nameKey(name));
        if (ofName.taken >= mostForName) {
            return new Answer(left(ofName), true);
        }
        ofClient.taken++;
        ofPair.taken++;
        ofName.taken++;
        return Answer.TRY;
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

    /** A hash, so that long names take no more memory than short ones. */
    private static String nameKey(String name) {
        return "name:" + Secrets.hash(name);
    }

    private static String clientKey(ClientNetwork client) {
        return "client:" + client.name();
    }

    private static String pairKey(String name, ClientNetwork client) {
        return clientKey(client) + " " + nameKey(name);
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
