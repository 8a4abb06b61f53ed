package dev.maru.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelPatternsTest {

    @Test
    void turnsPatternsOfDestinationsIntoThoseOfRedis() {
        assertThat(ChannelPatterns.of(List.of(
                                "/topic/public/*", "/topic/{a}/x", "/queue/**", "/topic/public/{room}", "/a?b[c]"))
                        .globs())
                .containsExactly("/topic/public/*", "/topic/*/x", "/queue/*", "/a\\?b\\[c\\]");
    }

    @Test
    void countsAMessageForOnePatternOfThoseThatMatch() {
        ChannelPatterns patterns = ChannelPatterns.of(List.of("/topic/public/*", "/topic/**", "/a?b"));
        assertThat(patterns.isFirstMatch("/topic/public/*", "/topic/public/tea"))
                .isTrue();
        assertThat(patterns.isFirstMatch("/topic/*", "/topic/public/tea")).isFalse();
        assertThat(patterns.isFirstMatch("/topic/*", "/topic/other")).isTrue();
        assertThat(patterns.isFirstMatch("/a\\?b", "/a?b")).isTrue();
        assertThat(patterns.isFirstMatch("/a\\?b", "/axb")).isFalse();
    }
}
