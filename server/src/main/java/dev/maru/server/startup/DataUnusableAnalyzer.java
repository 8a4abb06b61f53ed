package dev.maru.server.startup;

import dev.maru.engine.history.LogUnavailableException;
import java.io.IOException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the data cannot be opened: the folder cannot be written to, or another process uses it.
 *
 * <p>Stateless; safe for any thread.
 */
final class DataUnusableAnalyzer extends AbstractFailureAnalyzer<LogUnavailableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, LogUnavailableException cause) {
        String reason = cause.getCause() == null ? "" : " (" + reason(cause.getCause()) + ")";
        return new FailureAnalysis(
                cause.getMessage() + reason + ".", "Choose another folder: --maru.data-dir=/path/to/data", cause);
    }

    private static String reason(Throwable cause) {
        return cause.getClass() == IOException.class ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
