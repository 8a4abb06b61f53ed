package com.example.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that walk through the tutorial list what holds on Maru alone by the names of the tests. */
class BetterRowsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]\\w+)` \\|");

    @ParameterizedTest
    @ValueSource(strings = {"tutorial.md", "tutorial.ko.md"})
    void listsEachTestOnce(String page) throws Exception {
        String text = Files.readString(Path.of("..", "..", "docs", page));
        assertThat(ROW.matcher(text).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrder(Arrays.stream(TutorialOnBothIT.BetterOnMaru.class.getDeclaredMethods())
                        .filter(BetterRowsTest::isTest)
                        .map(Method::getName)
                        .filter(name -> !name.startsWith("whereSpring"))
                        .toArray(String[]::new));
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }
}
