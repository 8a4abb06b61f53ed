package dev.maru.chat.directory;

import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.session.ClientNetwork;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many rooms one address may make in an hour, on all nodes that hear of each other. An IPv6 client is known by its {@link ClientNetwork}. Remembers a
 * bounded number of addresses, and forgets the one that was idle longest.
 *
 * <p>Safe for any thread.
 */
public final class RoomAllowance {
    private static final int MOST_ADDRESSES = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final String TAKEN = "maru.chat.new-room";
    private static final Duration WINDOW = Duration.ofHours(1);

    private final int roomsAnHour;
    private final InstantSource time;
    private final Cluster cluster;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** @param roomsAnHour for each address, at least 1 */
    public RoomAllowance(int roomsAnHour, InstantSource time, Cluster cluster) {
        this.roomsAnHour = roomsAnHour;
        this.time = time;
        this.cluster = cluster;
        cluster.onAnnounced(TAKEN, payload -> {
            if (payload.length <= LONGEST_NAME) {
                take(new String(payload, StandardCharsets.UTF_8));
            }
        });
    }

    /** What the client at this address may still make. */
    public RoomCreationLimit of(@Nullable SocketAddress client) {
        String network = ClientNetwork.of(client).name();
        return () -> tryTake(network);
    }

    /** Other nodes count it, too. */
    private boolean tryTake(String network) {
        boolean taken = take(network);
        if (taken) {
            cluster.announce(TAKEN, network.getBytes(StandardCharsets.UTF_8));
        }
        return taken;
    }

    private synchronized boolean take(String network) {
        Instant now = time.instant();
        Window window = windows.get(network);
        if (window == null || !now.isBefore(window.end)) {
            window = new Window(now.plus(WINDOW));
            windows.put(network, window);
        }
        return ++window.taken <= roomsAnHour;
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
