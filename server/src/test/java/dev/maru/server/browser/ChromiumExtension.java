package dev.maru.server.browser;

import dev.maru.testkit.browser.Chromium;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link Browsers}; confined to the thread that JUnit runs them on. */
final class ChromiumExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ChromiumExtension.class);
    private static final Path PICTURES = Path.of("target", "browser");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent()) {
            return ConditionEvaluationResult.enabled("Chromium is installed");
        }
        String reason = context.getDisplayName() + " needs Chromium, which is not installed";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        System.err.println("SKIPPED: " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browsers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Chromium chromium = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Chromium.class, _ -> Chromium.launch(), Chromium.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(Browsers.class, _ -> new Browsers(chromium.browser()), Browsers.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Browsers browsers = context.getStore(NAMESPACE).remove(Browsers.class, Browsers.class);
        if (browsers == null) {
            return;
        }
        boolean failed = context.getExecutionException().isPresent();
        if (failed) {
            browsers.photograph(
                    PICTURES, context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName());
        }
        List<String> scriptErrors = browsers.close();
        if (!failed && !scriptErrors.isEmpty()) {
            throw new AssertionError("script errors that nobody caught: " + scriptErrors);
        }
    }
}
