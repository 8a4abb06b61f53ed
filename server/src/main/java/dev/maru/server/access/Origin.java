package dev.maru.server.access;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a page came from, as browsers write it (RFC 6454).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param scheme in lower case
 */
record Origin(String scheme, Authority authority) {

    /** Reads an {@code Origin} header; empty for {@code null} and for what is none. */
    static Optional<Origin> parse(String text) {
        int end = text.indexOf("://");
        return end < 1
                ? Optional.empty()
                : Authority.parse(text.substring(end + 3)).map(authority -> of(text.substring(0, end), authority));
    }

    /** The origin of the pages under an address. */
    static Origin of(URI uri) {
        return of(uri.getScheme(), Authority.of(uri));
    }

    /** Whether a page of this origin was loaded from the server that a request names. */
    boolean isServedBy(Authority host) {
        return authority.equalsUnder(scheme, host);
    }

    @Override
    public String toString() {
        return scheme + "://" + authority;
    }

    private static Origin of(String scheme, Authority authority) {
        return new Origin(scheme.toLowerCase(Locale.ROOT), authority);
    }
}
