package dev.maru.spring.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows what an {@link UnsupportedSettingException} says.
 *
 * <p>Stateless; safe for any thread.
 */
final class UnsupportedSettingAnalyzer extends AbstractFailureAnalyzer<UnsupportedSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedSettingException cause) {
        return new FailureAnalysis(
                "Maru does not support " + cause.what() + ".", "Instead: " + cause.advice() + ".", rootFailure);
    }
}
