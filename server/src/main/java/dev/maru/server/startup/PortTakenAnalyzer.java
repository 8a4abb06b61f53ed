package dev.maru.server.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains that another process listens on the port, before Spring Boot's own words for it.
 *
 * <p>Stateless; safe for any thread.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        return new FailureAnalysis(
                "port " + cause.getPort() + " is taken by another process.",
                "Stop that one, or choose another port: --server.port=8081",
                cause);
    }
}
