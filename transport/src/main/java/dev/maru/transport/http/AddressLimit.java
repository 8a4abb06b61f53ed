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
final class AddressLimit {
    private final ConcurrentHashMap<InetAddress, Integer> connections = new ConcurrentHashMap<>();
    private final int limit;

    AddressLimit(int limit) {
        this.limit = limit;
    }

    /** Counts this channel until it closes; false if its address has its share already. */
    boolean admit(Channel channel) {
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
        return channel.remoteAddress() instanceof InetSocketAddress socket
                        && !socket.getAddress().isLoopbackAddress()
                ? socket.getAddress()
                : null;
    }
}
