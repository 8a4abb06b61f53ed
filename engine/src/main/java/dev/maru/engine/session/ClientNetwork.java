package dev.maru.engine.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What limits know a client's address by: an IPv4 address, or the first 64 bits of an IPv6 address, below which a
 * client has as many as it likes (RFC 4291, 2.5.4). An IPv4 address in IPv6's clothes (RFC 4291, 2.5.5.2) is itself.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param name hexadecimal, or {@code unknown}
 */
public record ClientNetwork(String name) {
    private static final ClientNetwork UNKNOWN = new ClientNetwork("unknown");
    private static final int IPV4_BYTES = 4;
    private static final int NETWORK_BYTES = 8;
    private static final byte[] IPV4_MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** The network of a socket's other end; all that have none, or none that is resolved, share one. */
    public static ClientNetwork of(@Nullable SocketAddress client) {
        return client instanceof InetSocketAddress socket ? of(socket.getAddress()) : UNKNOWN;
    }

    /** The network of an address. */
    public static ClientNetwork of(@Nullable InetAddress address) {
        return address == null ? UNKNOWN : new ClientNetwork(HexFormat.of().formatHex(known(address.getAddress())));
    }

    private static byte[] known(byte[] address) {
        if (address.length == IPV4_BYTES) {
            return address;
        }
        boolean mapped = Arrays.equals(address, 0, IPV4_MAPPED.length, IPV4_MAPPED, 0, IPV4_MAPPED.length);
        return mapped
                ? Arrays.copyOfRange(address, IPV4_MAPPED.length, address.length)
                : Arrays.copyOf(address, NETWORK_BYTES);
    }
}
