package dev.maru.server.account;

import dev.maru.engine.session.SessionUser;
import dev.maru.spring.identity.BearerTokens;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds out who sends an HTTP request: by the token in its {@code Authorization}, or else by its cookie. Without
 * accounts there are no tokens and no log-ins, but for the admin's and for keys.
 *
 * <p>Immutable; safe for any thread; never blocks.
 */
final class Callers {
    private final AdminToken admin;
    private final Credentials credentials;
    private final Identities identities;
    private final BearerTokens tokens;
    private final TokenAdministration administration;

    Callers(
            AdminToken admin,
            Credentials credentials,
            Identities identities,
            BearerTokens tokens,
            TokenAdministration administration) {
        this.admin = admin;
        this.credentials = credentials;
        this.identities = identities;
        this.tokens = tokens;
        this.administration = administration;
    }

    /** Completes exceptionally with a refusal if the request has a token that is not good. */
    CompletionStage<Caller> of(ServerHttpRequest request) {
        String token = BearerTokens.in(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
        if (token != null) {
            return byToken(token);
        }
        HttpCookie cookie = request.getCookies().getFirst(LoginCookie.NAME);
        return !tokens.isEmpty() && cookie != null && LoginCookie.possible(cookie.getValue())
                ? identities
                        .ofLogin(cookie.getValue())
                        .thenApply(user -> user.map(this::user).orElseGet(Caller.Nobody::new))
                : nobody();
    }

    private CompletionStage<Caller> byToken(String token) {
        return admin.matches(token)
                .thenCompose(matches ->
                        matches ? CompletableFuture.completedStage(new Caller.Admin()) : byIssuedToken(token));
    }

    private CompletionStage<Caller> byIssuedToken(String token) {
        if (CredentialKind.API_KEY.claims(token)) {
            return credentials
                    .find(CredentialKind.API_KEY, token)
                    .thenApply(found -> found.<Caller>map(key -> new Caller.Server(key.id()))
                            .orElseGet(Caller.Nobody::new));
        }
        return tokens.isEmpty()
                ? nobody()
                : tokens.verify(token).thenCompose(identities::asOfNow).thenApply(this::user);
    }

    private Caller user(SessionUser user) {
        return new Caller.User(user, administration.allows(user));
    }

    private static CompletionStage<Caller> nobody() {
        return CompletableFuture.completedStage(new Caller.Nobody());
    }
}
