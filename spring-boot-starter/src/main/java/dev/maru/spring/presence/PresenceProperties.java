package dev.maru.spring.presence;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is there.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param destinations Ant patterns of the destinations whose subscribers are present there. Empty: none; whoever the
 *     application itself lets join is.
 * @param grace How long somebody whose connection was lost still counts as present. Zero: not at all.
 */
@ConfigurationProperties("maru.presence")
public record PresenceProperties(
        @DefaultValue List<String> destinations,
        @DefaultValue("3s") Duration grace) {}
