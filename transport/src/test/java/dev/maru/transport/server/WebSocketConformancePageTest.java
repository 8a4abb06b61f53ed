package dev.maru.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The page names tests that exist, and each test of the two suites stands on it. */
class WebSocketConformancePageTest {
    private static final Path PAGE = Path.of("..", "docs", "websocket-conformance.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");
    private static final List<String> PACKAGES = List.of("dev.maru.transport.server.", "dev.maru.transport.http.");

    @Test
    void namesTestsThatExist() throws IOException {
        assertThat(named())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(tests(type(name.substring(0, name.indexOf('.')))))
                        .contains(name));
    }

    @Test
    void namesEveryTestOfTheSuites() throws IOException {
        assertThat(named())
                .containsAll(tests(WebSocketConformanceTest.class))
                .containsAll(tests(WebSocketDeflateTest.class));
    }

    private static Set<String> named() throws IOException {
        return NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1) + "." + match.group(2))
                .collect(Collectors.toSet());
    }

    private static Set<String> tests(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(WebSocketConformancePageTest::isTest)
                .map(method -> type.getSimpleName() + "." + method.getName())
                .collect(Collectors.toSet());
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static Class<?> type(String simpleName) {
        return PACKAGES.stream()
                .flatMap(name -> {
                    try {
                        return Stream.<Class<?>>of(Class.forName(name + simpleName));
                    } catch (ClassNotFoundException e) {
                        return Stream.empty();
                    }
                })
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such test: " + simpleName));
    }
}
