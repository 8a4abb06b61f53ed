package dev.maru.server.account;

import dev.maru.engine.fault.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords, which takes long on purpose, on two threads of its own; past a bounded number that wait it refuses.
 *
 * <p>Safe for any thread; never blocks the caller.
 */
final class Passwords implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int WAITING = 64;
    private static final int LONGEST_BYTES = 72;

    private final PasswordEncoder encoder;
    private final String nobodys;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("maru-password-", 1).factory());

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobodys = hashed("the password of nobody");
    }

    CompletionStage<String> hash(String password) {
        return run(() -> hashed(password));
    }

    /** Whether the password has this hash. Without a hash it takes as long and is never so. */
    CompletionStage<Boolean> matches(String password, @Nullable String hash) {
        boolean possible = password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
        String tried = possible ? password : "";
        return run(() -> encoder.matches(tried, hash == null ? nobodys : hash) && hash != null && possible);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private String hashed(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the encoder made no hash");
        }
        return hash;
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedStage(
                    new Refusal(AccountFault.TOO_MANY_ATTEMPTS, "Too many people log in right now. Try again."));
        }
    }
}
