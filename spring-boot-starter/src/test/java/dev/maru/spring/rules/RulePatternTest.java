package dev.maru.spring.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulePatternTest {

    @ParameterizedTest
    @CsvSource({
        "/topic/news, /topic/news, true",
        "/topic/news, /topic/news/, false",
        "/topic/news, /topic//news, false",
        "/topic/*, /topic/news, true",
        "/topic/*, /topic/a/b, false",
        "/topic/n*s, /topic/news, true",
        "/topic/n*s, /topic/newt, false",
        "/topic/**, /topic, true",
        "/topic/**, /topic/a/b/c, true",
        "/**, /user/queue/errors, true",
        "/topic/**/end, /topic/a/b/end, true",
        "/topic/**/end, /topic/a/b/ends, false",
        "/topic/{room}, /topic/a.b(c), true",
        "/topic/{room}, /topic/, false",
        // what a client may subscribe to as a pattern
        "/topic/**, /topic/*, true",
        "/topic/**, /topic/a/**, true",
        "/topic/*, /topic/*, true",
        "/topic/*, /topic/**, false",
        "/topic/{room}, /topic/**, false",
        "/topic/n*, /topic/*, false",
    })
    void saysWhetherItHasEveryDestination(String rule, String destination, boolean expected) {
        assertThat(new RulePattern(rule).match(destination) != null).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/news, /topic/*, true",
        "/topic/news, /topic/**, true",
        "/topic/news, /**/news, true",
        "/topic/news, /**, true",
        "/topic/news, /queue/*, false",
        "/topic/news, /topic/{any}, true",
        "/topic/a/b, /topic/*, false",
        "/topic/**, /**/x, true",
        "/topic/{room}/secret, /topic/*/open, false",
        "/topic/{room}/secret, /topic/**/secret, true",
    })
    void saysWhetherItMayShareADestinationWithAPattern(String rule, String pattern, boolean expected) {
        assertThat(new RulePattern(rule).overlaps(pattern)).isEqualTo(expected);
    }

    @Test
    void readsVariablesOutOfTheDestination() {
        assertThat(new RulePattern("/topic/{team}/room/{room}").match("/topic/blue/room/7"))
                .isEqualTo(Map.of("team", "blue", "room", "7"));
        assertThat(new RulePattern("/a/**/{last}").match("/a/b/c/d")).isEqualTo(Map.of("last", "d"));
        assertThat(new RulePattern("/a/**/{last}").match("/a/d")).isEqualTo(Map.of("last", "d"));
    }

    @Test
    void isNotSlowedDownByAPatternThatIsMadeForIt() {
        String hostile = "/**/*a".repeat(1000);
        assertThat(new RulePattern("/a/**/b/**/c").overlaps(hostile)).isTrue();
        assertThat(new RulePattern("/a/**/b/**/c").match(hostile)).isNull();
    }
}
