package dev.maru.server.ticket;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What bounds tickets. Every value must be positive.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param tickets Most unused tickets in all.
 * @param ticketsPerClient Most unused tickets of one user, or of one address where nobody is logged in.
 * @param ticketLifetime How long a ticket may wait for its use.
 */
@ConfigurationProperties("maru.limits")
record TicketLimits(
        @DefaultValue("10000") int tickets,
        @DefaultValue("100") int ticketsPerClient,
        @DefaultValue("30s") Duration ticketLifetime) {}
