package dev.maru.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StompHeadersTest {

    @Test
    void countsTheFirstOfRepeatedHeadersAndKeepsAll() {
        StompHeaders headers = StompHeaders.of("foo", "World").add("bar", "1").add("foo", "Hello");
        List<String> all = new ArrayList<>();
        headers.forEach((name, value) -> all.add(name + ":" + value));
        assertThat(headers.get("foo")).isEqualTo("World");
        assertThat(headers.size()).isEqualTo(3);
        assertThat(all).containsExactly("foo:World", "bar:1", "foo:Hello");
    }

    @Test
    void tellsCapitalsApart() {
        StompHeaders headers = StompHeaders.of("foo", "1");
        assertThat(headers.contains("foo")).isTrue();
        assertThat(headers.contains("Foo")).isFalse();
        assertThat(headers.get("Foo")).isNull();
    }

    @Test
    void refusesANameWithoutAValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> StompHeaders.of("foo", "1", "bar"));
    }
}
