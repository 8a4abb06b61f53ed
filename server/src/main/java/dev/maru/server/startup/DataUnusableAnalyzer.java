package dev.maru.server.startup;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Explains that the data cannot be opened: the folder cannot be written to, or another process uses it, or PostgreSQL
 * does not answer.
 *
 * <p>Immutable; safe for any thread.
 */
final class DataUnusableAnalyzer extends AbstractFailureAnalyzer<LogUnavailableException> {
    private final Environment environment;

    DataUnusableAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LogUnavailableException cause) {
        String reason = cause.getCause() == null ? "" : " (" + reason(cause.getCause()) + ")";
        String help = environment.containsProperty("spring.datasource.url")
                ? "See whether spring.datasource.url, username and password are right, and the database is there."
                : "Choose another folder: --maru.data-dir=/path/to/data";
        return new FailureAnalysis(cause.getMessage() + reason + ".", help, cause);
    }

    private static String reason(Throwable cause) {
        return cause.getClass() == IOException.class ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
