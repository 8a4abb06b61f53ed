package dev.maru.spring.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rules names tests that exist. */
class SockJsConformanceTableTest {
    private static final Pattern TEST = Pattern.compile("\\| `([A-Za-z]+)` \\|$", Pattern.MULTILINE);
    private static final Set<String> ELSEWHERE = Set.of("SockJsTest");

    @Test
    void namesTestsThatExist() throws IOException {
        List<String> named = TEST.matcher(Files.readString(Path.of("../docs/sockjs-conformance.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        Set<String> tests = Stream.of(SockJsProtocolTest.class, SockJsTransportsTest.class, SockJsSessionTest.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(named)
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(tests.contains(name) || ELSEWHERE.contains(name))
                        .as(name)
                        .isTrue());
    }
}
