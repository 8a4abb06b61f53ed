package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.ClientNetwork;
import dev.maru.engine.session.ProblemDocument;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Logging in and out. Each log-in gets a secret of its own; what the client brought along is ended and never taken over
 * (session fixation).
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
@RequestMapping("/api/session")
final class SessionController {
    private final AccountSecurity security;

    SessionController(AccountSecurity security) {
        this.security = security;
    }

    /** What a client says to log in. */
    record LogIn(@Nullable String name, @Nullable String password) {}

    @GetMapping
    Shown.Access whoAmI(ServerWebExchange exchange) {
        return new Shown.Access(
                security.accountsMode() ? "accounts" : "open",
                ApiGuard.caller(exchange).user().map(Shown.User::of).orElse(null));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<?>> logIn(@RequestBody LogIn wanted, ServerHttpRequest request) {
        if (!security.accountsMode()) {
            return CompletableFuture.failedStage(
                    new Refusal(AccountFault.NO_ACCOUNTS, "This server has no accounts: pick a nickname."));
        }
        String name = AccountRules.key(wanted.name());
        ClientNetwork client = ClientNetwork.of(request.getRemoteAddress());
        return security.attempt(name, client)
                .thenCompose(answer -> answer.refuses()
                        ? CompletableFuture.<ResponseEntity<?>>completedStage(tooMany(answer.left()))
                        : check(new Attempt(name, client), wanted.password(), request));
    }

    private record Attempt(String name, ClientNetwork client) {}

    private CompletionStage<ResponseEntity<?>> check(
            Attempt attempt, @Nullable String password, ServerHttpRequest request) {
        return security.accounts()
                .check(attempt.name(), Objects.requireNonNullElse(password, ""))
                .thenCompose(found -> {
                    Account account = found.orElseThrow(
                            () -> new Refusal(AccountFault.BAD_CREDENTIALS, "The name or the password is wrong."));
                    security.attempts().giveBack(attempt.name(), attempt.client());
                    return welcome(account, attempt.client(), request);
                });
    }

    @DeleteMapping
    CompletionStage<ResponseEntity<?>> logOut(ServerHttpRequest request) {
        return endOld(request)
                .thenApply(ended -> ResponseEntity.noContent()
                        .header(
                                HttpHeaders.SET_COOKIE,
                                LoginCookie.cleared(secure(request)).toString())
                        .build());
    }

    private CompletionStage<ResponseEntity<?>> welcome(
            Account account, ClientNetwork client, ServerHttpRequest request) {
        String label = Objects.requireNonNullElse(request.getHeaders().getFirst(HttpHeaders.USER_AGENT), "");
        return endOld(request)
                .thenCompose(ended -> security.logIn(account, label, client))
                .thenApply(secret -> ResponseEntity.ok()
                        .header(HttpHeaders.SET_COOKIE, cookie(secret, request))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .body(new Shown.Access(
                                "accounts", new Shown.User(account.name(), account.displayName(), account.roles()))));
    }

    private CompletionStage<Boolean> endOld(ServerHttpRequest request) {
        HttpCookie cookie = request.getCookies().getFirst(LoginCookie.NAME);
        if (cookie == null || !LoginCookie.possible(cookie.getValue())) {
            return CompletableFuture.completedStage(false);
        }
        return security.credentials()
                .find(CredentialKind.LOGIN, cookie.getValue())
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(false)
                        : security.end(CredentialKind.LOGIN, found.get().id(), owner(found.get())));
    }

    private static Optional<String> owner(IssuedCredential credential) {
        return credential.account().map(Account::name);
    }

    private String cookie(String secret, ServerHttpRequest request) {
        return LoginCookie.of(secret, security.settings().sessions().absolute(), secure(request))
                .toString();
    }

    private boolean secure(ServerHttpRequest request) {
        return security.publicHttps() || "https".equals(request.getURI().getScheme());
    }

    private static ResponseEntity<?> tooMany(Duration wait) {
        return ResponseEntity.status(AccountFault.TOO_MANY_ATTEMPTS.httpStatus())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDocument.render(
                        AccountFault.TOO_MANY_ATTEMPTS, "There were too many attempts. Try again later."));
    }
}
