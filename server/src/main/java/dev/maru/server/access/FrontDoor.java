package dev.maru.server.access;

import dev.maru.engine.fault.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which hosts a request may name and which pages may send it. The host check keeps a stranger's page from reaching
 * a server on loopback through a name of its own (DNS rebinding); the origin check keeps it from acting for a visitor
 * (cross-site request forgery, cross-site WebSocket hijacking).
 *
 * <p>Immutable; safe for any thread.
 */
public final class FrontDoor {
    private final AccessMode mode;
    private final Optional<Origin> publicOrigin;
    private final List<Pattern> allowedOrigins;

    public FrontDoor(AccessSettings settings) {
        this.mode = settings.mode();
        this.publicOrigin = Optional.ofNullable(settings.publicUrl()).map(Origin::of);
        this.allowedOrigins =
                settings.allowedOrigins().stream().map(FrontDoor::pattern).toList();
    }

    /** Whether a request that names this host is for this server. */
    public boolean admitsHost(@Nullable String hostHeader) {
        return Optional.ofNullable(hostHeader)
                .flatMap(Authority::parse)
                .filter(this::admits)
                .isPresent();
    }

    /** Whether a page of this origin may act on the server. Without an origin the client is no browser. */
    public boolean admitsOrigin(@Nullable String origin, @Nullable String hostHeader) {
        return origin == null || isAllowed(origin) || isOurOwn(origin, hostHeader);
    }

    /** Why a request that changes something, or opens a connection, is not let in; empty if it is. */
    Optional<Refusal> refusal(@Nullable String host, @Nullable String origin) {
        if (!admitsHost(host)) {
            return Optional.of(
                    new Refusal(AccessFault.UNKNOWN_HOST, "This server does not answer to the host of the request."));
        }
        return admitsOrigin(origin, host)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(AccessFault.FOREIGN_ORIGIN, "Pages of this origin may not change anything here."));
    }

    private boolean admits(Authority host) {
        return host.isLoopback()
                || publicOrigin.map(origin -> origin.isServedBy(host)).orElse(mode != AccessMode.THIS_COMPUTER);
    }

    private boolean isAllowed(String origin) {
        return allowedOrigins.stream()
                .anyMatch(allowed -> allowed.matcher(origin).matches());
    }

    private boolean isOurOwn(String text, @Nullable String hostHeader) {
        Optional<Origin> origin = Origin.parse(text);
        Optional<Authority> host = Optional.ofNullable(hostHeader).flatMap(Authority::parse);
        return origin.isPresent()
                && host.isPresent()
                && origin.get().isServedBy(host.get())
                && (host.get().isLoopback() || hasPublicScheme(origin.get()));
    }

    private boolean hasPublicScheme(Origin origin) {
        return publicOrigin.map(own -> own.scheme().equals(origin.scheme())).orElse(true);
    }

    private static Pattern pattern(String allowed) {
        String regex =
                Stream.of(allowed.strip().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/@]*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
