package dev.maru.server.access;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as they stand in a {@code Host} header or an origin (RFC 3986, 3.2).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param host in lower case; an IPv6 address in brackets
 * @param port -1 where none is written
 */
record Authority(String host, int port) {
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._~-]+)(?::(\\d{1,5}))?");

    /** Reads a {@code Host} header; empty if it is none. */
    static Optional<Authority> parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String port = matcher.group(2);
        return Optional.of(new Authority(matcher.group(1), port == null ? -1 : Integer.parseInt(port)));
    }

    /** The authority of an address that has a host. */
    static Authority of(URI uri) {
        return new Authority(uri.getHost().toLowerCase(Locale.ROOT), uri.getPort());
    }

    /** Whether both mean the same server when a missing port stands for the scheme's own. */
    boolean equalsUnder(String scheme, Authority other) {
        return host.equals(other.host) && effectivePort(scheme) == other.effectivePort(scheme);
    }

    /** Whether only this computer answers to the name. */
    boolean isLoopback() {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }

    private int effectivePort(String scheme) {
        return port >= 0 ? port : DEFAULT_PORTS.getOrDefault(scheme, -1);
    }
}
