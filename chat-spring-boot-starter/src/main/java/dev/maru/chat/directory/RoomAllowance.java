package dev.maru.chat.directory;

import dev.maru.chat.room.RoomCreationLimit;
import dev.maru.engine.session.ClientNetwork;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many rooms one address may make in an hour. An IPv6 client is known by its {@link ClientNetwork}. Remembers a
 * bounded number of addresses, and forgets the one that was idle longest.
 *
 * <p>Safe for any thread.
 */
public final class RoomAllowance {
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration WINDOW = Duration.ofHours(1);

    private final int roomsAnHour;
    private final InstantSource time;
    private final Map<ClientNetwork, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientNetwork, Window> eldest) {
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
        ClientNetwork network = ClientNetwork.of(client);
        return () -> tryTake(network);
    }

    private synchronized boolean tryTake(ClientNetwork network) {
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
