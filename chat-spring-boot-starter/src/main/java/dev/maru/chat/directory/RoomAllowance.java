package dev.maru.chat.directory;

import dev.maru.chat.room.RoomCreationLimit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many rooms one address may make in an hour. An IPv6 client is known by its network (64 bits), because it has as
 * many addresses as it likes. Remembers a bounded number of addresses, and forgets the one that was idle longest.
 *
 * <p>Safe for any thread.
 */
public final class RoomAllowance {
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int NETWORK_BYTES = 8;

    private final int roomsAnHour;
    private final InstantSource time;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param roomsAnHour for each address, at least 1 */
    public RoomAllowance(int roomsAnHour, InstantSource time) {
        this.roomsAnHour = roomsAnHour;
        this.time = time;
    }

    /** What the client at this address may still make. */
    public RoomCreationLimit of(@Nullable SocketAddress client) {
        String key = key(client);
        return () -> tryTake(key);
    }

    private synchronized boolean tryTake(String key) {
        Instant now = time.instant();
        Window window = windows.get(key);
        if (window == null || !now.isBefore(window.end)) {
            window = new Window(now.plus(WINDOW));
            windows.put(key, window);
        }
        return ++window.taken <= roomsAnHour;
    }

    private static String key(@Nullable SocketAddress client) {
        InetAddress address = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address == null) {
            return "unknown";
        }
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    /** What was taken until the window ends. Guarded by the allowance. */
    private static final class Window {
        private final Instant end;
        private int taken;

        private Window(Instant end) {
            this.end = end;
        }
    }
}
