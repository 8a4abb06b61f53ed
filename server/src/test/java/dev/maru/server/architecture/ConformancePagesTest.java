package dev.maru.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that say which test shows what name tests that there are. */
class ConformancePagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))#(\\w+)`");

    @ParameterizedTest
    @ValueSource(strings = {"stomp-conformance.md", "limits.md"})
    void nameOnlyTestsThatThereAre(String page) throws IOException {
        String text = Files.readString(ROOT.resolve("docs").resolve(page));
        List<String> named =
                NAMED.matcher(text).results().map(found -> found.group(0)).toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(NAMED.matcher(text).results())
                .allSatisfy(found -> assertThat(source(found.group(1)))
                        .as(found.group(0))
                        .containsPattern("void " + found.group(2) + "\\("));
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 16, (path, attributes) -> isSource(path, test))) {
            Path file = files.findFirst().orElseThrow(() -> new AssertionError("there is no " + test));
            return Files.readString(file);
        }
    }

    private static boolean isSource(Path path, String test) {
        return path.endsWith(test + ".java") && path.toString().contains("src");
    }
}
