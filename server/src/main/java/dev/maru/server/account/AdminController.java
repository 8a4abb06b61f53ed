package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import dev.maru.spring.identity.TokenRevocations;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accounts for the admin. What takes something from an account closes its connections before the answer goes out.
 *
 * <p>Safe for any thread; never blocks one. {@link ApiGuard} lets in who administers, and nobody else.
 */
@RestController
@RequestMapping("/api/admin/accounts")
final class AdminController {
    private final AccountSecurity security;
    private final TokenRevocations revocations;

    AdminController(AccountSecurity security, TokenRevocations revocations) {
        this.security = security;
        this.revocations = revocations;
    }

    /** What the admin says of a new account. */
    record NewAccount(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password,
            @Nullable List<String> roles) {}

    /** A new password. */
    record NewPassword(@Nullable String password) {}

    /** New roles. */
    record NewRoles(@Nullable List<String> roles) {}

    @GetMapping
    CompletionStage<Shown.AccountList> list() {
        return security.accounts()
                .list()
                .thenApply(all -> new Shown.AccountList(
                        all.stream().map(Shown.AccountEntry::of).toList()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<Shown.AccountEntry>> create(@RequestBody NewAccount wanted) {
        return security.accounts()
                .create(wanted.name(), wanted.displayName(), wanted.password(), wanted.roles())
                .thenApply(account -> ResponseEntity.created(URI.create("/api/admin/accounts"))
                        .body(Shown.AccountEntry.of(account)));
    }

    @PostMapping("/{name}/disable")
    CompletionStage<Shown.AccountEntry> disable(@PathVariable String name) {
        return shown(security.accounts().disable(AccountRules.key(name), true).thenApply(security::closeAll));
    }

    @PostMapping("/{name}/enable")
    CompletionStage<Shown.AccountEntry> enable(@PathVariable String name) {
        return shown(security.accounts().disable(AccountRules.key(name), false));
    }

    /** Who knows the old password, or is logged in with it, is out. */
    @PostMapping(path = "/{name}/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<Shown.AccountEntry> setPassword(@PathVariable String name, @RequestBody NewPassword wanted) {
        return shown(security.accounts()
                .setPassword(AccountRules.key(name), wanted.password())
                .thenCompose(account -> security.endAll(account.name()).thenApply(ended -> account)));
    }

    /** Connections are closed, so that none goes on with the old roles; log-ins stay. */
    @PostMapping(path = "/{name}/roles", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<Shown.AccountEntry> setRoles(@PathVariable String name, @RequestBody NewRoles wanted) {
        return shown(security.accounts()
                .setRoles(AccountRules.key(name), wanted.roles())
                .thenApply(security::closeAll));
    }

    /** Logs the account out everywhere and ends its tokens, those of another issuer, too. */
    @PostMapping("/{name}/revoke")
    CompletionStage<Shown.AccountEntry> revoke(@PathVariable String name) {
        return shown(security.accounts()
                .find(AccountRules.key(name))
                .thenApply(found -> found.orElseThrow(
                        () -> new Refusal(AccountFault.UNKNOWN_ACCOUNT, "There is no account of this name.")))
                .thenCompose(account -> security.endAll(account.name())
                        .thenCompose(ended -> revocations.revokeUser(account.name()))
                        .thenApply(revoked -> account)));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletionStage<Void> delete(@PathVariable String name) {
        String key = AccountRules.key(name);
        return security.accounts().delete(key).thenCompose(deleted -> security.endAll(key));
    }

    private static CompletionStage<Shown.AccountEntry> shown(CompletionStage<Account> account) {
        return account.thenApply(Shown.AccountEntry::of);
    }
}
