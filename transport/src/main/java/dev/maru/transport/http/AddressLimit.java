package dev.maru.transport.http;

import dev.maru.engine.session.ClientNetwork;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many connections each address has; an IPv6 client is known by its {@link ClientNetwork}.
 *
 * <p>Safe for any thread. Addresses without connections take no memory.
 */
public final class AddressLimit {
    /** The most connections from one address unless somebody says otherwise. */
    public static final int DEFAULT_CONNECTIONS = 1000;

    private final ConcurrentHashMap<ClientNetwork, Integer> connections = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final int limit;

    /** At most so many connections for each address; loopback is exempt. */
    public AddressLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the connections of an address must be positive: " + limit);
        }
        this.limit = limit;
    }

    /** Counts this channel until it closes; false if its address has its share already. */
    public boolean admit(Channel channel) {
        SocketAddress address = Forwarding.address(channel);
        if (!enter(address)) {
            return false;
        }
        open.incrementAndGet();
        channel.closeFuture().addListener(closed -> {
            open.decrementAndGet();
            leave(address);
        });
        return true;
    }

    /** How many channels were admitted and are open, from wherever. */
    int open() {
        return open.get();
    }

    /** Counts one more from this address until it {@link #leave leaves}; false if the address has its share already. */
    public boolean enter(SocketAddress remote) {
        ClientNetwork address = limited(remote);
        if (address == null || connections.merge(address, 1, Integer::sum) <= limit) {
            return true;
        }
        leave(remote);
        return false;
    }

    /** Counts one less; see {@link #enter}. */
    public void leave(SocketAddress remote) {
        ClientNetwork address = limited(remote);
        if (address != null) {
            connections.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private static @Nullable ClientNetwork limited(SocketAddress remote) {
        return remote instanceof InetSocketAddress socket
                        && socket.getAddress() != null
                        && !socket.getAddress().isLoopbackAddress()
                ? ClientNetwork.of(socket)
                : null;
    }
}
