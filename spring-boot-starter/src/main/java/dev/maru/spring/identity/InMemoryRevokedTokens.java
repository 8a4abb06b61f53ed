package dev.maru.spring.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Revocations until the application stops, and a bounded number of them.
 *
 * <p>Safe for any thread.
 */
final class InMemoryRevokedTokens implements RevokedTokens {

    private record Revocation(Instant at, Instant until) {}

    private final int most;
    private final InstantSource time;
    private final Map<String, Revocation> byKey = new HashMap<>();

    InMemoryRevokedTokens(int most, InstantSource time) {
        this.most = most;
        this.time = time;
    }

    @Override
    public synchronized CompletionStage<?> keep(String key, Instant at, Instant until) {
        if (byKey.size() >= most && !byKey.containsKey(key)) {
            Instant now = time.instant();
            byKey.values().removeIf(revocation -> !revocation.until().isAfter(now));
            if (byKey.size() >= most) {
                return CompletableFuture.failedStage(new IllegalStateException(
                        "there are " + most + " revocations already; maru.limits.revocations allows more"));
            }
        }
        byKey.put(key, new Revocation(at, until));
        return CompletableFuture.completedStage(key);
    }

    @Override
    public synchronized CompletionStage<Optional<Instant>> revokedAt(String key) {
        Instant now = time.instant();
        return CompletableFuture.completedStage(Optional.ofNullable(byKey.get(key))
                .filter(revocation -> revocation.until().isAfter(now))
                .map(Revocation::at));
    }
}
