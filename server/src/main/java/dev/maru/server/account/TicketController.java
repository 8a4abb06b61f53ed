package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gives out tickets to who is logged in.
 *
 * <p>Safe for any thread.
 */
@RestController
final class TicketController {
    private final Tickets tickets;

    TicketController(Tickets tickets) {
        this.tickets = tickets;
    }

    @PostMapping("/api/tickets")
    @ResponseStatus(HttpStatus.CREATED)
    Ticket issue(ServerWebExchange exchange) {
        return ApiGuard.caller(exchange)
                .user()
                .map(user -> new Ticket(tickets.issue(user), Tickets.LASTING.toSeconds()))
                .orElseThrow(() ->
                        new Refusal(AccountFault.NO_ACCOUNTS, "This server has no accounts: streams need no ticket."));
    }

    /** A ticket, and for how many seconds it is good. */
    record Ticket(String ticket, long seconds) {}
}
