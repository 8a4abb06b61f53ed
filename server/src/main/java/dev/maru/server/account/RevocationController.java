package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import dev.maru.spring.identity.TokenRevocations;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the tokens of another issuer back, which has no way to tell us.
 *
 * <p>Safe for any thread; never blocks one. {@link ApiGuard} lets in who administers, and nobody else.
 */
@RestController
final class RevocationController {
    private static final int LONGEST = 190;

    private final TokenRevocations revocations;

    RevocationController(TokenRevocations revocations) {
        this.revocations = revocations;
    }

    /**
     * What is taken back: one of the two.
     *
     * @param user whose tokens, as long as they were issued before
     * @param token the {@code jti} of one
     */
    record Wanted(@Nullable String user, @Nullable String token) {}

    @PostMapping(path = "/api/admin/revocations", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    CompletionStage<?> revoke(@RequestBody Wanted wanted) {
        String user = wanted.user();
        String token = wanted.token();
        if (user != null && token == null && possible(user)) {
            return revocations.revokeUser(user);
        }
        return token != null && user == null && possible(token)
                ? revocations.revokeToken(token)
                : CompletableFuture.failedStage(new Refusal(
                        AccountFault.INVALID_TOKEN_REQUEST,
                        "Name a user or the jti of a token, of 1 to " + LONGEST + " characters."));
    }

    private static boolean possible(String name) {
        return !name.isBlank() && name.length() <= LONGEST;
    }
}
