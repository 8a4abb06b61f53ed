package dev.maru.server.ticket;

import dev.maru.spring.identity.TokenRevocations;
import dev.maru.store.jdbc.Database;
import dev.maru.transport.http.HandshakePolicy;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Wires tickets. Used by the thread that starts the server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TicketLimits.class)
class TicketConfiguration {
    /** After the front door, and after the cookie, which a ticket outdoes. */
    private static final int TICKETS = 200;

    @Bean
    Tickets tickets(TicketLimits limits, Database database) {
        return database.isShared()
                ? StoredTickets.open(database, limits)
                : new InMemoryTickets(limits, InstantSource.system());
    }

    @Bean
    @Order(TICKETS)
    HandshakePolicy ticketHandshake(Tickets tickets, TokenRevocations revocations) {
        return new TicketHandshake(tickets, revocations);
    }
}
