package dev.maru.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.store.jdbc.Database;
import dev.maru.store.jdbc.DatabaseSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
            new CredentialSettings.Limits(3, 5, Duration.ofMinutes(15), 2, 2, 2));

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
        String first = get(credentials.logIn(jane, "a")).secret();
        pass(Duration.ofMinutes(1));
        String second = get(credentials.logIn(jane, "b")).secret();
        pass(Duration.ofMinutes(1));
        String third = get(credentials.logIn(jane, "c")).secret();
        assertThat(get(credentials.find(CredentialKind.LOGIN, first))).isEmpty();
        assertThat(get(credentials.find(CredentialKind.LOGIN, second))).isPresent();
        assertThat(get(credentials.find(CredentialKind.LOGIN, third))).isPresent();
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
        LoginAttempts attempts = new LoginAttempts(SETTINGS.limits(), time);
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.take("jane", null)).isZero();
        }
        assertThat(attempts.take("jane", null)).isEqualTo(Duration.ofMinutes(15));
        assertThat(attempts.take("kim", null)).isZero();
        attempts.giveBack("kim", null);
        assertThat(attempts.take("kim", null)).isZero();
        assertThat(attempts.take("lee", null)).isZero();
        assertThat(attempts.take("park", null)).as("too many from one address").isPositive();
        pass(Duration.ofMinutes(15));
        assertThat(attempts.take("jane", null)).isZero();
    }

    @Test
    void forgetsNoGuessesBecauseOfSomebodyWhoHasNoneLeft() throws UnknownHostException {
        LoginAttempts attempts = new LoginAttempts(SETTINGS.limits(), time);
        for (int i = 0; i < 3; i++) {
            assertThat(attempts.take("jane", null)).isZero();
        }
        InetAddress flooding = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 30_000; i++) {
            attempts.take("name" + i, flooding);
        }
        assertThat(attempts.take("jane", InetAddress.getByName("192.0.2.2"))).isPositive();
    }

    @Test
    void shutsOutANameHoweverItIsWritten() {
        create("jane");
        get(accounts.disable("jane", true));
        assertThat(get(accounts.isShutOut("Jane"))).isTrue();
    }

    private String logIn() {
        return get(credentials.logIn(create("jane"), "a browser")).secret();
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
