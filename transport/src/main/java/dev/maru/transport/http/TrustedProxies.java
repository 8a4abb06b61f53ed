package dev.maru.transport.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose word counts about where a request comes from. Of a proxy in the list, {@code X-Forwarded-For}, {@code -Proto}
 * and {@code -Host} are believed, or {@code Forwarded} (RFC 7239) where it sends none of those; of anybody else,
 * nothing is.
 *
 * <p>The addresses are read from the right, because each proxy adds its peer there: the client is the first that is not
 * a trusted proxy itself. What stands further left a client can have written.
 *
 * <p>Immutable; safe for any thread.
 */
public final class TrustedProxies {
    /** Nobody is believed. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final Pattern PARAMETER = Pattern.compile("(?i)(for|proto|host)=(?:\"([^\"]*)\"|([^;,\"\\s]*))");
    private static final Pattern SCHEME = Pattern.compile("https?");

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Where a request comes from.
     *
     * @param address of the client
     * @param scheme that the client used, {@code http} or {@code https}; null for the connection's own
     * @param host that the client asked for; null for the request's own
     */
    public record Source(
            @Nullable SocketAddress address,
            @Nullable String scheme,
            @Nullable String host) {}

    private record Network(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The proxies at these addresses, or in these networks: {@code 10.0.0.5}, {@code 10.0.0.0/8}, {@code fd00::/8}.
     *
     * @throws IllegalArgumentException if one is none
     */
    public static TrustedProxies of(Collection<String> addressesAndNetworks) {
        return addressesAndNetworks.isEmpty()
                ? NONE
                : new TrustedProxies(addressesAndNetworks.stream()
                        .map(TrustedProxies::network)
                        .toList());
    }

    /** Whether nobody is believed. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Whether the word of this peer counts. */
    public boolean trusts(@Nullable SocketAddress peer) {
        return peer instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && trusts(socket.getAddress().getAddress());
    }

    /**
     * Where a request of this peer comes from.
     *
     * @param headers all values of a header, whose name it is given in lower case
     */
    public Source source(@Nullable SocketAddress peer, Function<String, List<String>> headers) {
        if (!trusts(peer)) {
            return new Source(peer, null, null);
        }
        List<String> addresses = list(headers.apply("x-forwarded-for"));
        List<String> schemes = list(headers.apply("x-forwarded-proto"));
        List<String> hosts = list(headers.apply("x-forwarded-host"));
        if (addresses.isEmpty() && schemes.isEmpty() && hosts.isEmpty()) {
            read(list(headers.apply("forwarded")), addresses, schemes, hosts);
        }
        String scheme = schemes.isEmpty() ? "" : schemes.getLast().toLowerCase(Locale.ROOT);
        return new Source(
                client(peer, addresses),
                SCHEME.matcher(scheme).matches() ? scheme : null,
                hosts.isEmpty() ? null : hosts.getLast());
    }

    private @Nullable SocketAddress client(@Nullable SocketAddress peer, List<String> addresses) {
        SocketAddress client = peer;
        for (String text : addresses.reversed()) {
            InetSocketAddress address = address(text);
            if (address == null) {
                return client;
            }
            client = address;
            if (!trusts(address)) {
                return client;
            }
        }
        return client;
    }

    private boolean trusts(byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static void read(List<String> elements, List<String> addresses, List<String> schemes, List<String> hosts) {
        for (String element : elements) {
            Matcher parameter = PARAMETER.matcher(element);
            while (parameter.find()) {
                String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
                switch (parameter.group(1).toLowerCase(Locale.ROOT)) {
                    case "for" -> addresses.add(value);
                    case "proto" -> schemes.add(value);
                    default -> hosts.add(value);
                }
            }
        }
    }

    private static List<String> list(List<String> values) {
        List<String> all = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                if (!part.isBlank()) {
                    all.add(part.strip());
                }
            }
        }
        return all;
    }

    /** An address with or without a port; never a name, which would have to be looked up. */
    private static @Nullable InetSocketAddress address(String text) {
        String host = text;
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            host = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        return bytes == null ? null : new InetSocketAddress(inet(bytes), 0);
    }

    private static Network network(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        boolean bitsAreANumber = parts.length == 1 || parts[1].matches("\\d{1,3}");
        if (address == null || !bitsAreANumber) {
            throw new IllegalArgumentException("neither an address nor a network: " + text);
        }
        // An IPv6 address that stands for one of IPv4 is compared as that.
        byte[] plain = inet(address).getAddress();
        int bits = parts.length == 1 ? plain.length * 8 : Integer.parseInt(parts[1]);
        if (bits > plain.length * 8) {
            throw new IllegalArgumentException("a network of more bits than an address has: " + text);
        }
        return new Network(plain, bits);
    }

    private static InetAddress inet(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("addresses have 4 or 16 bytes", e);
        }
    }
}
