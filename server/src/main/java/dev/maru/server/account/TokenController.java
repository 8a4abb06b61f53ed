package dev.maru.server.account;

import dev.maru.engine.fault.IdentityFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.session.SessionUser;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * A user's own tokens, for programs that act for them. A token is shown when it is made, and never again.
 *
 * <p>Safe for any thread; never blocks one.
 */
@RestController
@RequestMapping("/api/tokens")
final class TokenController {
    private final AccountSecurity security;

    TokenController(AccountSecurity security) {
        this.security = security;
    }

    /** What a user says of a new token; without days it does not end. */
    record NewToken(@Nullable String name, @Nullable Integer days) {}

    @GetMapping
    CompletionStage<Shown.TokenList> list(ServerWebExchange exchange) {
        return security.credentials()
                .list(CredentialKind.TOKEN, Optional.of(user(exchange).name()))
                .thenApply(all -> new Shown.TokenList(all.stream()
                        .map(token -> Shown.CredentialEntry.of(token, null))
                        .toList()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    CompletionStage<Shown.CredentialEntry> create(@RequestBody NewToken wanted, ServerWebExchange exchange) {
        Duration lasting = wanted.days() == null ? null : Duration.ofDays(wanted.days());
        SessionUser user = user(exchange);
        if (!Identities.isOurs(user)) {
            return noAccount();
        }
        return security.accounts()
                .find(user.name())
                .thenCompose(account -> account.isEmpty()
                        ? noAccount()
                        : security.credentials().issue(CredentialKind.TOKEN, account, wanted.name(), lasting))
                .thenApply(made -> Shown.CredentialEntry.of(made.credential(), made.secret()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletionStage<Void> delete(@PathVariable String id, ServerWebExchange exchange) {
        return security.end(CredentialKind.TOKEN, id, Optional.of(user(exchange).name()))
                .thenAccept(ended -> {
                    if (!ended) {
                        throw new Refusal(AccountFault.UNKNOWN_TOKEN, "You have no such token.");
                    }
                });
    }

    /** A token of another issuer must not turn into one of ours: that has the account's roles and outlives it. */
    private static <T> CompletionStage<T> noAccount() {
        return CompletableFuture.failedStage(
                new Refusal(AccountFault.UNKNOWN_ACCOUNT, "Only who has an account here makes tokens here."));
    }

    private static SessionUser user(ServerWebExchange exchange) {
        return ApiGuard.caller(exchange)
                .user()
                .orElseThrow(() -> new Refusal(IdentityFault.NOT_AUTHENTICATED, "This needs a log-in."));
    }
}
