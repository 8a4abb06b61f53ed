package dev.maru.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.maru.engine.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "faults.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| ([a-z-]+) \\| (\\d+) \\| ");

    @Test
    void listsExactlyTheFaultsThatTheCodeHas() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        faults().map(FaultsPageTest::row).toList());
    }

    @Test
    void givesEachFaultANumberOfItsOwn() {
        assertThat(faults().map(Fault::code)).doesNotHaveDuplicates();
    }

    private static Stream<Fault> faults() {
        return MaruClasses.read().stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(Fault.class))
                .map(JavaClass::reflect)
                .flatMap(type -> Stream.of(type.getEnumConstants()))
                .map(Fault.class::cast);
    }

    private static String row(Fault fault) {
        return fault.code() + " " + fault.text() + " " + fault.httpStatus();
    }
}
