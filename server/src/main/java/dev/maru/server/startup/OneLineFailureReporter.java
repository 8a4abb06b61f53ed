package dev.maru.server.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Says on one line why the server did not start and what helps. Spring Boot's own report of many lines is switched off
 * in {@code application.properties}.
 *
 * <p>Stateless; safe for any thread.
 */
final class OneLineFailureReporter implements FailureAnalysisReporter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.maru.server");

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error("Maru did not start: {}", line(analysis));
        LOG.debug("The failure in full", analysis.getCause());
    }

    static String line(FailureAnalysis analysis) {
        String action = analysis.getAction() == null ? "" : " " + analysis.getAction();
        return (analysis.getDescription() + action)
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
    }
}
