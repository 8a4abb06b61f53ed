package dev.maru.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.cluster.Cluster;
import dev.maru.engine.session.ClientNetwork;
import dev.maru.spring.identity.RevocationLimits;
import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.password.PasswordEncoder;

class CredentialsTest {
    private static final CredentialSettings SETTINGS = new CredentialSettings(
            new CredentialSettings.Sessions(Duration.ofDays(2), Duration.ofDays(10)),
            new CredentialSettings.Limits(3, 7, 5, Duration.ofMinutes(15), 2, 2, 2));

    private static final ClientNetwork HERE = new ClientNetwork("cb007101");

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final InstantSource time = now::get;
    private final CountingEncoder encoder = new CountingEncoder();
    private final Passwords passwords = new Passwords(encoder);
    private Database database;
    private Accounts accounts;
    private Credentials credentials;

    @BeforeEach
    void open() {
        database = Database.sqlite(folder, DatabaseSettings.defaults());
        database.migrate("accounts", "dev/maru/server/account/migration");
        accounts = new Accounts(database, passwords, time);
        credentials = new Credentials(database, SETTINGS, time);
    }

    @AfterEach
    void close() {
        database.close();
        passwords.close();
    }

    @Test
    void computesAHashForANameThatNobodyHasToo() {
        create("jane");
        int before = encoder.compared.get();
        assertThat(get(accounts.check("jane", "wrong"))).isEmpty();
        assertThat(encoder.compared).hasValue(before + 1);
        assertThat(get(accounts.check("nobody", "wrong"))).isEmpty();
        assertThat(encoder.compared).hasValue(before + 2);
        assertThat(get(accounts.check("nobody", "the password of nobody"))).isEmpty();
        assertThat(get(accounts.check("jane", "x".repeat(100_000)))).isEmpty();
        assertThat(encoder.compared).hasValue(before + 4);
        assertThat(encoder.longest).hasValueLessThanOrEqualTo(72);
        assertThat(get(accounts.check("jane", "password"))).isPresent();
    }

    @Test
    void endsALogInThatIsIdle() {
        String secret = logIn();
        pass(Duration.ofHours(47));
        assertThat(get(credentials.find(CredentialKind.LOGIN, secret))).isPresent();
        flush();
        pass(Duration.ofHours(47));
        assertThat(get(credentials.find(CredentialKind.LOGIN, secret))).isPresent();
        flush();
        pass(Duration.ofHours(49));
        assertThat(get(credentials.find(CredentialKind.LOGIN, secret))).isEmpty();
    }

    @Test
    void endsALogInAfterItsTimeHoweverBusyItIs() {
        String secret = logIn();
        for (int day = 0; day < 9; day++) {
            pass(Duration.ofDays(1));
            assertThat(get(credentials.find(CredentialKind.LOGIN, secret))).isPresent();
            flush();
        }
        pass(Duration.ofDays(1));
        assertThat(get(credentials.find(CredentialKind.LOGIN, secret))).isEmpty();
    }

    @Test
    void keepsLogInsOverARestartAndNoSecretInTheStore() {
        String secret = logIn();
        database.close();
        open();
        assertThat(get(credentials.find(CredentialKind.LOGIN, secret))).isPresent();
        List<String> kept = get(database.readers()
                .read(sql ->
                        sql.list("SELECT secret_hash || id || label FROM maru_credential", row -> row.getString(1))));
        assertThat(kept).hasSize(1).noneMatch(row -> row.contains(secret.substring(7)));
    }

    @Test
    void takesASecretForNothingElse() {
        String secret = logIn();
        assertThat(get(credentials.find(CredentialKind.TOKEN, secret))).isEmpty();
        assertThat(get(credentials.find(CredentialKind.API_KEY, secret))).isEmpty();
    }

    @Test
    void endsTheLogInThatWasUsedLongestAgoWhenThereAreTooMany() {
        Account jane = create("jane");
        Credentials.Issued first = get(credentials.logIn(jane, "a", HERE));
        pass(Duration.ofMinutes(1));
        Credentials.Issued second = get(credentials.logIn(jane, "b", HERE));
        pass(Duration.ofMinutes(1));
        Credentials.Issued third = get(credentials.logIn(jane, "c", HERE));
        assertThat(get(credentials.find(CredentialKind.LOGIN, first.secret()))).isEmpty();
        assertThat(get(credentials.find(CredentialKind.LOGIN, second.secret()))).isPresent();
        assertThat(get(credentials.find(CredentialKind.LOGIN, third.secret()))).isPresent();
        assertThat(second.ended()).isEmpty();
        assertThat(third.ended()).containsExactly(first.credential().id());
    }

    @Test
    void makesNoMoreTokensThanTheLimit() {
        Optional<Account> jane = Optional.of(create("jane"));
        get(credentials.issue(CredentialKind.TOKEN, jane, "a", null));
        get(credentials.issue(CredentialKind.TOKEN, jane, "b", Duration.ofDays(1)));
        assertThatThrownBy(() -> get(credentials.issue(CredentialKind.TOKEN, jane, "c", null)))
                .hasMessageContaining("2 already");
        pass(Duration.ofDays(2));
        get(credentials.issue(CredentialKind.TOKEN, jane, "c", null));
    }

    @Test
    void letsNobodyGuessMoreOftenThanTheLimit() {
        LoginAttempts attempts = new LoginAttempts(SETTINGS.limits(), time, Cluster.alone());
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.take("jane", HERE).refuses()).isFalse();
        }
        assertThat(attempts.take("jane", HERE)).isEqualTo(new LoginAttempts.Answer(Duration.ofMinutes(15), false));
        assertThat(attempts.take("kim", HERE).refuses()).isFalse();
        attempts.giveBack("kim", HERE);
        assertThat(attempts.take("kim", HERE).refuses()).isFalse();
        assertThat(attempts.take("lee", HERE).refuses()).isFalse();
        assertThat(attempts.take("park", HERE).refuses())
                .as("too many from one address")
                .isTrue();
        pass(Duration.ofMinutes(15));
        assertThat(attempts.take("jane", HERE).refuses()).isFalse();
    }

    @Test
    void shutsNobodyOutBecauseOfWhatOneStrangerDid() {
        LoginAttempts attempts = new LoginAttempts(SETTINGS.limits(), time, Cluster.alone());
        for (int i = 0; i < 10; i++) {
            attempts.take("jane", network(1));
        }
        assertThat(attempts.take("jane", HERE).refuses()).isFalse();
        attempts.giveBack("jane", HERE);
        for (int i = 0; i < 10; i++) {
            attempts.take("jane", network(2));
            attempts.take("jane", network(3));
        }
        assertThat(attempts.take("jane", HERE)).isEqualTo(new LoginAttempts.Answer(Duration.ofMinutes(15), true));
        assertThat(attempts.takeWhateverOthersDid("jane", HERE).refuses()).isFalse();
        assertThat(attempts.takeWhateverOthersDid("jane", network(1)).refuses()).isTrue();
    }

    @Test
    void knowsFromWhereAnAccountIsLoggedIn() {
        get(credentials.logIn(create("jane"), "a", HERE));
        assertThat(get(credentials.hasLogInFrom("jane", HERE))).isTrue();
        assertThat(get(credentials.hasLogInFrom("jane", network(1)))).isFalse();
        assertThat(get(credentials.hasLogInFrom("kim", HERE))).isFalse();
        pass(Duration.ofHours(49));
        assertThat(get(credentials.hasLogInFrom("jane", HERE))).isFalse();
    }

    @Test
    void forgetsNoGuessesBecauseOfSomebodyWhoHasNoneLeft() {
        LoginAttempts attempts = new LoginAttempts(SETTINGS.limits(), time, Cluster.alone());
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.take("jane", HERE).refuses()).isFalse();
        }
        for (int i = 0; i < 80_000; i++) {
            attempts.take("name" + i, network(1));
        }
        assertThat(attempts.take("jane", HERE).refuses()).isTrue();
    }

    @Test
    void keepsRevocationsOverARestartAndNoMoreThanTheLimit() {
        StoredRevocations revocations = revocations();
        Instant until = now.get().plus(Duration.ofDays(1));
        get(revocations.keep("one", now.get(), until));
        get(revocations.keep("two", now.get(), until));
        get(revocations.keep("two", now.get(), until));
        assertThatThrownBy(() -> get(revocations.keep("three", now.get(), until)))
                .hasMessageContaining("2 revocations");
        database.close();
        open();
        assertThat(get(revocations().revokedAt("one"))).contains(now.get());
        pass(Duration.ofDays(1));
        assertThat(get(revocations().revokedAt("one"))).isEmpty();
        get(revocations().keep("three", now.get(), now.get().plusSeconds(1)));
    }

    private StoredRevocations revocations() {
        return new StoredRevocations(database, new RevocationLimits(2), time);
    }

    private static ClientNetwork network(int last) {
        return new ClientNetwork("c000020" + last);
    }

    @Test
    void shutsOutANameHoweverItIsWritten() {
        create("jane");
        get(accounts.disable("jane", true));
        assertThat(get(accounts.isShutOut("Jane"))).isTrue();
    }

    private String logIn() {
        return get(credentials.logIn(create("jane"), "a browser", HERE)).secret();
    }

    private Account create(String name) {
        return get(accounts.create(name, null, "password", null));
    }

    private void pass(Duration some) {
        now.updateAndGet(before -> before.plus(some));
    }

    /** What is written on the side is written before this. */
    private void flush() {
        get(database.writer().submit(sql -> true));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Hashes nothing and counts. */
    private static final class CountingEncoder implements PasswordEncoder {
        private final AtomicInteger compared = new AtomicInteger();
        private final AtomicInteger longest = new AtomicInteger();

        @Override
        public String encode(CharSequence raw) {
            return "hash of " + raw;
        }

        @Override
        public boolean matches(CharSequence raw, String encoded) {
            compared.incrementAndGet();
            longest.accumulateAndGet(raw.length(), Math::max);
            return encoded.equals("hash of " + raw);
        }
    }
}
