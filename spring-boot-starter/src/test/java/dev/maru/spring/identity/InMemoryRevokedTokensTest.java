package dev.maru.spring.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InMemoryRevokedTokensTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final InMemoryRevokedTokens revoked = new InMemoryRevokedTokens(2, now::get);

    @Test
    void keepsNoMoreThanTheLimitAndForgetsNoneThatStillCounts() {
        keep("one", Duration.ofMinutes(1));
        keep("two", Duration.ofMinutes(2));
        assertThat(keep("three", Duration.ofMinutes(3)).toCompletableFuture()).isCompletedExceptionally();
        assertThat(keep("two", Duration.ofMinutes(2)).toCompletableFuture()).isCompleted();
        assertThat(knows("one")).isTrue();
        now.set(now.get().plus(Duration.ofMinutes(1)));
        assertThat(knows("one")).isFalse();
        assertThat(keep("three", Duration.ofMinutes(3)).toCompletableFuture()).isCompleted();
        assertThat(knows("two")).isTrue();
        assertThat(knows("three")).isTrue();
    }

    private CompletionStage<?> keep(String key, Duration lasting) {
        return revoked.keep(key, now.get(), now.get().plus(lasting));
    }

    private boolean knows(String key) {
        return revoked.revokedAt(key).toCompletableFuture().join().isPresent();
    }
}
