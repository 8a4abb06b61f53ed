package dev.maru.spring.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What bounds revocations. Immutable; safe for any thread.
 *
 * @param revocations Most revoked tokens and users that are remembered at a time; past it revoking fails.
 */
@ConfigurationProperties("maru.limits")
public record RevocationLimits(@DefaultValue("10000") int revocations) {

    public RevocationLimits {
        if (revocations < 1) {
            throw new IllegalArgumentException("maru.limits.revocations must be positive: " + revocations);
        }
    }
}
