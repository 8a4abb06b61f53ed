package dev.maru.server.account;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Says who may call what of the HTTP API and of the management endpoints, and tells those behind it who calls: as the
 * exchange's principal, and as a {@link Caller}. Paths are compared as Spring's own handlers compare them, so there is
 * no spelling that a handler knows and this does not.
 *
 * <p>Immutable; safe for any thread; never blocks.
 */
final class ApiGuard implements WebFilter {
    private static final String CALLER = ApiGuard.class.getName() + ".caller";

    private enum Wanted {
        ANYBODY,
        ADMIN,
        SERVER,
        USER
    }

    private record Rule(PathPattern pattern, Wanted wanted) {}

    private final Callers callers;
    private final List<Rule> rules;

    /** @param accounts whether the API is for those with an account only */
    ApiGuard(Callers callers, boolean accounts) {
        this.callers = callers;
        this.rules = List.of(
                rule("/actuator/health/**", Wanted.ANYBODY),
                rule("/actuator/**", Wanted.ADMIN),
                rule("/api/session", Wanted.ANYBODY),
                rule("/api/admin/**", Wanted.ADMIN),
                rule("/api/publish", Wanted.SERVER),
                rule("/api/tokens/**", Wanted.USER),
                rule("/api/**", accounts ? Wanted.USER : Wanted.ANYBODY));
    }

    /** Who sends this request, which has passed the guard. */
    static Caller caller(ServerWebExchange exchange) {
        return exchange.getAttribute(CALLER) instanceof Caller caller ? caller : new Caller.Nobody();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return rules.stream()
                .filter(rule -> rule.pattern().matches(path))
                .findFirst()
                .map(rule -> Mono.fromFuture(
                                () -> callers.of(exchange.getRequest()).toCompletableFuture())
                        .flatMap(caller -> pass(exchange, chain, rule.wanted(), caller)))
                .orElseGet(() -> chain.filter(exchange));
    }

    private Mono<Void> pass(ServerWebExchange exchange, WebFilterChain chain, Wanted wanted, Caller caller) {
        if (!may(caller, wanted)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            return Mono.error(refusal(caller));
        }
        exchange.getAttributes().put(CALLER, caller);
        return caller.user()
                .map(user -> chain.filter(
                        exchange.mutate().principal(Mono.just(user)).build()))
                .orElseGet(() -> chain.filter(exchange));
    }

    private static boolean may(Caller caller, Wanted wanted) {
        return switch (wanted) {
            case ANYBODY -> true;
            case ADMIN -> caller.mayAdminister();
            case SERVER -> caller instanceof Caller.Server || caller instanceof Caller.Admin;
            case USER -> caller.user().isPresent();
        };
    }

    private static Refusal refusal(Caller caller) {
        return caller instanceof Caller.Nobody
                ? new Refusal(IdentityFault.NOT_AUTHENTICATED, "This needs a log-in or a token.")
                : new Refusal(AccountFault.NOT_PERMITTED, "This is not for you.");
    }

    private static Rule rule(String pattern, Wanted wanted) {
        return new Rule(PathPatternParser.defaultInstance.parse(pattern), wanted);
    }
}
