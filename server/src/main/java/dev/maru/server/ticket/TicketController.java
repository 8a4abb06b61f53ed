package dev.maru.server.ticket;

import dev.maru.engine.session.ClientNetwork;
import dev.maru.engine.session.SessionUser;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Gives tickets out over HTTP. A ticket stands for whoever asked for it.
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
final class TicketController {
    private final Tickets tickets;

    TicketController(Tickets tickets) {
        this.tickets = tickets;
    }

    @PostMapping("/api/tickets")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Tickets.Issued> issue(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return exchange.getPrincipal()
                .ofType(SessionUser.class)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(user -> Mono.fromCompletionStage(
                        () -> tickets.issue(owner(user, exchange.getRequest().getRemoteAddress()), user)));
    }

    private static String owner(Optional<SessionUser> user, @Nullable InetSocketAddress remote) {
        return user.map(known -> "user " + known.name())
                .orElseGet(() -> "address " + ClientNetwork.of(remote).name());
    }
}
