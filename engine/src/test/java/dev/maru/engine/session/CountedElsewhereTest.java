package dev.maru.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedElsewhereTest {
    private final CountedElsewhere counts = new CountedElsewhere();

    @Test
    void addsUpWhatNodesHaveToldLast() {
        counts.put("one", "jane", 2, 0);
        counts.put("other", "jane", 3, 0);
        counts.put("one", "jane", 1, 0);

        assertThat(counts.of("jane")).isEqualTo(4);
        counts.put("one", "jane", 0, 0);
        counts.put("one", "jane", 0, 0);
        assertThat(counts.of("jane")).isEqualTo(3);
        assertThat(counts.of("kim")).isZero();
    }

    @Test
    void forgetsANodeThatIsSilent() {
        counts.put("silent", "jane", 2, 10);
        counts.put("silent", "kim", 1, 15);
        counts.put("one", "jane", 1, 20);
        counts.forgetSilent(15);
        assertThat(counts.of("jane")).isEqualTo(3);
        assertThat(counts.adds("one", CountedElsewhere.checksum("jane", 1), 25)).isTrue();

        counts.forgetSilent(21);
        assertThat(counts.of("jane")).isEqualTo(1);
        assertThat(counts.of("kim")).isZero();
    }

    @Test
    void noticesWhatItWasNotTold() {
        long all = CountedElsewhere.checksum("jane", 2) + CountedElsewhere.checksum("kim", 1);
        counts.put("one", "jane", 1, 0);
        assertThat(counts.adds("one", all, 0)).isFalse();
        counts.put("one", "kim", 1, 0);
        counts.put("one", "jane", 2, 0);
        assertThat(counts.adds("one", all, 0)).isTrue();
        counts.forget("one");
        assertThat(counts.adds("one", all, 0)).isFalse();
        assertThat(counts.adds("one", 0, 0)).isTrue();
    }

    @Test
    void comesBackFromItsBytes() {
        Map<String, Integer> users = new LinkedHashMap<>();
        users.put("제인", 3);
        users.put("", 0);

        for (ConnectionNews news : new ConnectionNews[] {
            new ConnectionNews.Counts("a", true, users),
            new ConnectionNews.Counts("a", false, Map.of()),
            new ConnectionNews.Beat("b", Long.MIN_VALUE),
            new ConnectionNews.Question("c", "a")
        }) {
            assertThat(ConnectionNews.of(news.encoded())).isEqualTo(news);
        }
    }
}
