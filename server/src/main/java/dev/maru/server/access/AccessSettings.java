package dev.maru.server.access;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Who may reach the server, and from where.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param access unset: anybody, but only from this computer; {@code open}: anybody who reaches it; {@code accounts}:
 *     whoever has an account
 * @param publicUrl where users find the server, for example {@code https://chat.example.org}; unset: requests may name
 *     any host (any loopback name while {@code access} is unset)
 * @param allowedOrigins further origins whose pages may use the server: exact ones, or patterns such as
 *     {@code https://*.example.org}; empty: only pages from the server itself
 */
@ConfigurationProperties("maru")
public record AccessSettings(
        @Nullable String access,
        @Nullable URI publicUrl,
        @DefaultValue({}) List<String> allowedOrigins) {

    public AccessSettings {
        if (publicUrl != null && (publicUrl.getScheme() == null || publicUrl.getHost() == null)) {
            throw new FailureAnalyzedException(
                    "maru.public-url is " + publicUrl + ", which names no server.",
                    "Set it to what users type, for example https://chat.example.org");
        }
    }

    public AccessMode mode() {
        return AccessMode.of(access);
    }
}
