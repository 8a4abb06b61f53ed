package dev.maru.server.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.StandardEnvironment;

class OneLineFailureReporterTest {

    @Test
    void putsDescriptionAndAdviceOnOneLine() {
        FailureAnalysis analysis = new FailureAnalysis("It is\n\n  broken.\n", "Mend\nit.", null);
        assertThat(OneLineFailureReporter.line(analysis)).isEqualTo("It is broken. Mend it.");
    }

    @Test
    void namesThePortThatIsTaken() {
        FailureAnalysis analysis = new PortTakenAnalyzer().analyze(new RuntimeException(new PortInUseException(8080)));
        assertThat(OneLineFailureReporter.line(analysis))
                .isEqualTo("port 8080 is taken by another process. "
                        + "Stop that one, or choose another port: --server.port=8081");
    }

    @Test
    void saysWhyTheDataCannotBeUsed() {
        FailureAnalysis analysis = new DataUnusableAnalyzer(new StandardEnvironment())
                .analyze(new RuntimeException(new LogUnavailableException(
                        "the data folder /data cannot be used", new IOException("it is in use by another process"))));
        assertThat(OneLineFailureReporter.line(analysis))
                .isEqualTo("the data folder /data cannot be used (it is in use by another process). "
                        + "Choose another folder: --maru.data-dir=/path/to/data");
    }
}
