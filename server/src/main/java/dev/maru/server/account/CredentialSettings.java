package dev.maru.server.account;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people stay logged in, and how many may try to.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param sessions How long log-ins last.
 * @param limits What bounds log-ins.
 */
@ConfigurationProperties("maru")
record CredentialSettings(
        @DefaultValue Sessions sessions, @DefaultValue Limits limits) {

    /**
     * How long log-ins last.
     *
     * @param idle Without any use.
     * @param absolute In any case; connections end with it.
     */
    record Sessions(
            @DefaultValue("14d") Duration idle,
            @DefaultValue("90d") Duration absolute) {}

    /**
     * What bounds log-ins. Every value must be positive.
     *
     * @param loginAttempts Most failed attempts for one name from one address within the window.
     * @param loginAttemptsPerName Most failed attempts for one name from all addresses within the window; whoever is
     *     logged in from an address is not kept out by what others do.
     * @param loginAttemptsPerAddress Most failed attempts from one address within the window.
     * @param loginWindow How long failed attempts count.
     * @param loginsPerAccount Most log-ins of one account at a time; past it the oldest ends.
     * @param tokensPerAccount Most tokens of one account.
     * @param apiKeys Most API keys.
     */
    record Limits(
            @DefaultValue("10") int loginAttempts,
            @DefaultValue("100") int loginAttemptsPerName,
            @DefaultValue("50") int loginAttemptsPerAddress,
            @DefaultValue("15m") Duration loginWindow,
            @DefaultValue("50") int loginsPerAccount,
            @DefaultValue("100") int tokensPerAccount,
            @DefaultValue("1000") int apiKeys) {

        int most(CredentialKind kind) {
            return switch (kind) {
                case LOGIN -> loginsPerAccount;
                case TOKEN -> tokensPerAccount;
                case API_KEY -> apiKeys;
            };
        }
    }
}
