package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import java.util.Optional;
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

/**
 * Keys with which other servers publish. A key is shown when it is made, and never again.
 *
 * <p>Safe for any thread; never blocks one. {@link ApiGuard} lets in who administers, and nobody else.
 */
@RestController
@RequestMapping("/api/admin/api-keys")
final class ApiKeyController {
    private final AccountSecurity security;

    ApiKeyController(AccountSecurity security) {
        this.security = security;
    }

    /** What the admin says of a new key. */
    record NewKey(@Nullable String name) {}

    @GetMapping
    CompletionStage<Shown.KeyList> list() {
        return security.credentials()
                .list(CredentialKind.API_KEY, Optional.empty())
                .thenApply(all -> new Shown.KeyList(all.stream()
                        .map(key -> Shown.CredentialEntry.of(key, null))
                        .toList()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    CompletionStage<NewlyMade> create(@RequestBody NewKey wanted) {
        return security.credentials()
                .issue(CredentialKind.API_KEY, Optional.empty(), wanted.name(), null)
                .thenApply(made ->
                        new NewlyMade(made.credential().id(), made.credential().label(), made.secret()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletionStage<Void> delete(@PathVariable String id) {
        return security.end(CredentialKind.API_KEY, id, Optional.empty()).thenAccept(ended -> {
            if (!ended) {
                throw new Refusal(AccountFault.UNKNOWN_TOKEN, "There is no such key.");
            }
        });
    }

    /** A key with its secret. */
    record NewlyMade(String id, String name, String key) {}
}
