package dev.maru.transport.http;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may connect, by the {@code Origin} that browsers send (RFC 6454; RFC 6455, 10.2). Pages of the server's
 * own origin always may, and so may clients that send none, since they are no browsers.
 *
 * <p>Immutable; safe for any thread.
 */
public final class AllowedOrigins {
    private static final AllowedOrigins SAME = new AllowedOrigins(List.of());
    private static final Pattern PORTS = Pattern.compile("(.*):\\[(\\*|\\d+(?:,\\d+)*)]");

    private final List<Pattern> patterns;

    private AllowedOrigins(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** The server's own origin only. */
    public static AllowedOrigins same() {
        return SAME;
    }

    /**
     * These origins too. A {@code *} stands for any characters: {@code https://*.example.org}, or {@code *} for every
     * origin. Ports may be listed at the end: {@code https://example.org:[8080,8443]}, or {@code :[*]} for any port.
     */
    public static AllowedOrigins of(Collection<String> originsAndPatterns) {
        return new AllowedOrigins(
                originsAndPatterns.stream().map(AllowedOrigins::compile).toList());
    }

    /** As {@link #of(Collection)}. */
    public static AllowedOrigins of(String... originsAndPatterns) {
        return of(Arrays.asList(originsAndPatterns));
    }

    /**
     * Whether a request may be served.
     *
     * @param origin the {@code Origin} header, or null if there is none
     * @param scheme of the request: {@code http} or {@code https}
     * @param host the {@code Host} header, or null if there is none
     */
    boolean allow(@Nullable String origin, String scheme, @Nullable String host) {
        if (origin == null || (host != null && sameOrigin(origin, scheme, host))) {
            return true;
        }
        String lower = origin.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(lower).matches());
    }

    private static boolean sameOrigin(String origin, String scheme, String host) {
        return withPort(origin).equals(withPort(scheme + "://" + host));
    }

    private static String withPort(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        boolean hasPort = lower.lastIndexOf(':') > Math.max(lower.indexOf("://"), lower.lastIndexOf(']'));
        if (hasPort) {
            return lower;
        }
        return lower + (lower.startsWith("https:") ? ":443" : ":80");
    }

    private static Pattern compile(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        Matcher ports = PORTS.matcher(lower);
        if (!ports.matches()) {
            return Pattern.compile(wildcards(lower));
        }
        String list = ports.group(2);
        String port = list.equals("*") ? "(:\\d+)?" : ":(" + list.replace(',', '|') + ")";
        return Pattern.compile(wildcards(ports.group(1)) + port);
    }

    private static String wildcards(String origin) {
        return Arrays.stream(origin.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    @Override
    public String toString() {
        return "same origin" + patterns;
    }
}
