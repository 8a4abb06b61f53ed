package dev.maru.spring.rules;

import dev.maru.engine.session.Session;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Decides what a {@link DestinationRule} says. Called on the session's event loop; must not block. */
@FunctionalInterface
public interface RuleCheck {

    /**
     * Completes with whether the session may; exceptionally with a {@link dev.maru.engine.fault.Refusal} if it may not
     * for a reason that the client should know.
     *
     * @param variables what stands in the destination where the rule's pattern has {@code {name}}
     */
    CompletionStage<Boolean> permits(Session session, Map<String, String> variables);
}
