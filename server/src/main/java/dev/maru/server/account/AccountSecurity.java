package dev.maru.server.account;

import dev.maru.engine.Engine;
import dev.maru.engine.session.ClientNetwork;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Everything that decides about accounts in one place; what ends a credential ends its connections, too.
 *
 * <p>Immutable; safe for any thread; never blocks.
 *
 * @param engine asked for late: it is made of parts that use this
 */
record AccountSecurity(
        Accounts accounts,
        Credentials credentials,
        LoginAttempts attempts,
        CredentialSettings settings,
        Mode mode,
        ObjectProvider<Engine> engine) {

    /**
     * How the server is reached.
     *
     * @param accounts whether people need an account
     * @param publicHttps whether users come by https, whatever this server speaks itself
     */
    record Mode(boolean accounts, boolean publicHttps) {}

    boolean accountsMode() {
        return mode.accounts();
    }

    boolean publicHttps() {
        return mode.publicHttps();
    }

    /** Logs an account in; the connections of those log-ins that had to end for it are closed. */
    CompletionStage<String> logIn(Account account, String label, ClientNetwork client) {
        return credentials.logIn(account, label, client).thenApply(issued -> {
            issued.ended().forEach(id -> engine.getObject().registry().revokeCredential(id));
            return issued.secret();
        });
    }

    /**
     * Takes an attempt to log in. Whoever is logged in from there is not kept out by what others do; of a name without
     * an account the same is asked, and takes as long.
     */
    CompletionStage<LoginAttempts.Answer> attempt(String name, ClientNetwork client) {
        LoginAttempts.Answer answer = attempts.take(name, client);
        if (!answer.becauseOfOthers()) {
            return CompletableFuture.completedStage(answer);
        }
        return credentials
                .hasLogInFrom(name, client)
                .thenApply(known -> known ? attempts.takeWhateverOthersDid(name, client) : answer);
    }

    /** Ends a credential and closes its connections; false if there is none. */
    CompletionStage<Boolean> end(CredentialKind kind, String id, Optional<String> account) {
        return credentials.end(kind, id, account).thenApply(ended -> {
            if (ended) {
                engine.getObject().registry().revokeCredential(id);
            }
            return ended;
        });
    }

    /** Closes every connection of an account, which then finds out what has become of it. */
    Account closeAll(Account account) {
        engine.getObject().registry().revokeUser(account.name());
        return account;
    }

    /** Ends all log-ins and tokens of an account, and its connections. */
    CompletionStage<Void> endAll(String account) {
        return credentials
                .endAllOf(account)
                .thenAccept(ended -> engine.getObject().registry().revokeUser(account));
    }
}
