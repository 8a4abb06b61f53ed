package dev.maru.spring.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class TokenRevocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final List<Instant> keptUntil = new ArrayList<>();
    private final TokenRevocations revocations = new TokenRevocations(
            new Remembering(),
            Duration.ofHours(1),
            Duration.ofSeconds(30),
            InstantSource.fixed(NOW),
            new StaticListableBeanFactory().getBeanProvider(Engine.class));

    @Test
    void keepsARevocationUntilATokenHasEndedWhoseIssuersClockIsAsFarAheadAsItMayBe() {
        var _ = revocations.revokeToken("one");
        var _ = revocations.revokeUser("somebody");

        Instant end = NOW.plusSeconds(30).plus(Duration.ofHours(1));
        assertThat(keptUntil).containsExactly(end, end);
    }

    private final class Remembering implements RevokedTokens {
        @Override
        public CompletionStage<?> keep(String key, Instant at, Instant until) {
            keptUntil.add(until);
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Optional<Instant>> revokedAt(String key) {
            return CompletableFuture.completedStage(Optional.empty());
        }
    }
}
