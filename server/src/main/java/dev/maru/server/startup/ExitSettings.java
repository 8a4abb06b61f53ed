package dev.maru.server.startup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the process may take to end.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param exitWithin Within which time, after the notice, the process ends whatever hangs in it. Zero: it may hang for ever.
 */
@ConfigurationProperties("maru.drain")
record ExitSettings(@DefaultValue("30s") Duration exitWithin) {}
