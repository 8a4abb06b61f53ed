package dev.maru.server.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often somebody may guess: for each name, and for each address (an IPv6 client is known by its network of 64 bits).
 * An attempt counts until it has succeeded. Remembers a bounded number of both, and forgets what was idle longest.
 *
 * <p>Safe for any thread.
 */
final class LoginAttempts {
    private static final int MOST_REMEMBERED = 20_000;
    private static final int NETWORK_BYTES = 8;

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

    /** Takes an attempt; returns how long there is none left, or zero if it may be made. */
    synchronized Duration take(String name, @Nullable InetAddress address) {
        Window ofAddress = window(addressKey(address));
        if (ofAddress.taken >= limits.loginAttemptsPerAddress()) {
            return Duration.between(time.instant(), ofAddress.end);
        }
        // Only now: an address without attempts must not push out of memory what is known of other names.
        Window ofName = window(nameKey(name));
        if (ofName.taken >= limits.loginAttempts()) {
            return Duration.between(time.instant(), ofName.end);
        }
        ofName.taken++;
        ofAddress.taken++;
        return Duration.ZERO;
    }

    /** The attempt was none: the password was right. */
    synchronized void giveBack(String name, @Nullable InetAddress address) {
        windows.remove(nameKey(name));
        window(addressKey(address)).taken--;
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

    private static String addressKey(@Nullable InetAddress address) {
        if (address == null) {
            return "address:unknown";
        }
        byte[] bytes = address.getAddress();
        byte[] known = address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
        return "address:" + HexFormat.of().formatHex(known);
    }

    /** What was taken until the window ends. Guarded by the attempts. */
    private static final class Window {
        private final Instant end;
        private int taken;

        private Window(Instant end) {
            this.end = end;
        }
    }
}
