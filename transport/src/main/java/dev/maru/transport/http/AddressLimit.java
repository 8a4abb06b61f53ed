package dev.maru.transport.http;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many connections each address has.
 *
 * <p>Safe for any thread. Addresses without connections take no memory.
 */
public final class AddressLimit {
    /** The most connections from one address unless somebody says otherwise. */
    public static final int DEFAULT_CONNECTIONS = 1000;

    private final ConcurrentHashMap<InetAddress, Integer> connections = new ConcurrentHashMap<>();
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
        InetAddress address = limited(channel);
        if (address == null) {
            return true;
        }
        if (connections.merge(address, 1, Integer::sum) > limit) {
            leave(address);
            return false;
        }
        channel.closeFuture().addListener(closed -> leave(address));
        return true;
    }

    private void leave(InetAddress address) {
        connections.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    private static @Nullable InetAddress limited(Channel channel) {
        return Forwarding.address(channel) instanceof InetSocketAddress socket
                        && !socket.getAddress().isLoopbackAddress()
                ? socket.getAddress()
                : null;
    }
}
