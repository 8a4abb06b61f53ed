package dev.maru.spring.rules;

import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.session.Authorizer;
import dev.maru.engine.session.Session;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * All rules for destinations, guards first and then in their order, and whom to ask where none of them is for a destination.
 *
 * <p>Immutable; safe for any thread.
 */
public final class DestinationRules {
    private static final CompletionStage<Boolean> ALLOWED = CompletableFuture.completedStage(true);

    private final List<DestinationRule> rules;
    private final Map<String, String> aliases;
    private final Authorizer otherwise;

    /** @param aliases other names of destinations, with the names that rules know them by */
    public DestinationRules(List<DestinationRule> rules, Map<String, String> aliases, Authorizer otherwise) {
        this.rules = Stream.concat(
                        rules.stream().filter(DestinationRule::isGuard),
                        rules.stream().filter(rule -> !rule.isGuard()))
                .toList();
        this.aliases = Map.copyOf(aliases);
        this.otherwise = otherwise;
    }

    /** As {@link Authorizer#authorize}. */
    public CompletionStage<?> authorize(
            Session session, StompCommand command, String destination, StompHeaders headers) {
        Question question = new Question(session, command, aliases.getOrDefault(destination, destination));
        return ask(
                question,
                0,
                () -> otherwise
                        .authorize(session, command, destination, headers)
                        .thenApply(allowed -> true));
    }

    private CompletionStage<Boolean> ask(Question question, int from, Otherwise none) {
        for (int i = from; i < rules.size(); i++) {
            DestinationRule rule = rules.get(i);
            if (!rule.isFor(question.command())) {
                continue;
            }
            Map<String, String> variables = rule.pattern().match(question.destination());
            if (variables != null && !rule.isGuard()) {
                return decide(rule, variables, question);
            }
            boolean forSome = question.ofPattern() && rule.pattern().overlaps(question.destination());
            if (variables != null || forSome) {
                int next = i + 1;
                Map<String, String> known = variables == null ? Map.of() : variables;
                return decide(rule, known, question).thenCompose(_ -> ask(question, next, none));
            }
        }
        return none.ask();
    }

    private static CompletionStage<Boolean> decide(
            DestinationRule rule, Map<String, String> variables, Question question) {
        Map<String, String> known = question.ofPattern() && !rule.isGuard() ? Map.of() : variables;
        return rule.check()
                .permits(question.session(), known)
                .thenCompose(permitted -> permitted ? ALLOWED : refused(question.command()));
    }

    private static CompletionStage<Boolean> refused(StompCommand command) {
        return CompletableFuture.failedStage(
                new Refusal(SessionFault.FORBIDDEN, command + " to this destination is not allowed for you"));
    }

    private interface Otherwise {
        CompletionStage<Boolean> ask();
    }

    private record Question(Session session, StompCommand command, String destination) {
        boolean ofPattern() {
            return command == StompCommand.SUBSCRIBE && DestinationPattern.isPattern(destination);
        }
    }
}
