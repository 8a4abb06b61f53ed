package dev.maru.spring.rules;

import dev.maru.engine.session.SessionUser;
import dev.maru.stomp.StompCommand;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.messaging.simp.SimpMessageType;

/**
 * Who may SUBSCRIBE or SEND to the destinations of a pattern. Rules are asked in their order, and the first one for the
 * destination and the command decides. As beans they come after those of the configuration:
 *
 * <pre>{@code
 * @Bean
 * DestinationRule teams(Teams teams) {
 *     return DestinationRule.of("/topic/team/{team}")
 *             .on(StompCommand.SUBSCRIBE)
 *             .check((session, variables) -> teams.has(variables.get("team"), session.user()));
 * }
 * }</pre>
 *
 * <p>Who subscribes to a pattern, such as {@code /topic/*}, needs the leave of every rule that may be for one of its
 * destinations, up to the first that is for all of them. A check that looks at variables then says no, since there is
 * nothing to look at.
 *
 * <p>Immutable; safe for any thread.
 */
public final class DestinationRule {
    private final RulePattern pattern;
    private final Set<StompCommand> commands;
    private final RuleCheck check;
    private final boolean guard;

    private DestinationRule(RulePattern pattern, Set<StompCommand> commands, RuleCheck check, boolean guard) {
        this.pattern = pattern;
        this.commands = commands;
        this.check = check;
        this.guard = guard;
    }

    /**
     * Begins a rule for the destinations of this pattern, by their first names and not by aliases.
     *
     * @throws IllegalArgumentException if the pattern has more than 32 segments or more than two {@code **}
     */
    public static Unfinished of(String pattern) {
        return new Unfinished(new RulePattern(pattern), EnumSet.of(StompCommand.SUBSCRIBE, StompCommand.SEND));
    }

    RulePattern pattern() {
        return pattern;
    }

    boolean isFor(StompCommand command) {
        return commands.contains(command);
    }

    RuleCheck check() {
        return check;
    }

    /** Whether it is asked before all others, and what it permits is still asked of them. */
    boolean isGuard() {
        return guard;
    }

    @Override
    public String toString() {
        return commands + " " + pattern;
    }

    /** A rule that does not say yet who may. Immutable; safe for any thread. */
    public static final class Unfinished {
        private final RulePattern pattern;
        private final Set<StompCommand> commands;

        private Unfinished(RulePattern pattern, Set<StompCommand> commands) {
            this.pattern = pattern;
            this.commands = commands;
        }

        /** Only these commands: SUBSCRIBE, SEND or both. */
        public Unfinished on(StompCommand... some) {
            List<StompCommand> wanted = List.of(some);
            if (wanted.isEmpty()
                    || !EnumSet.of(StompCommand.SUBSCRIBE, StompCommand.SEND).containsAll(wanted)) {
                throw new IllegalArgumentException("rules are for SUBSCRIBE and SEND, not for " + wanted);
            }
            return new Unfinished(pattern, EnumSet.copyOf(wanted));
        }

        /** Only these types of Spring's messages: SUBSCRIBE, MESSAGE (which clients SEND) or both. */
        public Unfinished on(SimpMessageType... some) {
            return on(Stream.of(some)
                    .map(type -> switch (type) {
                        case SUBSCRIBE -> StompCommand.SUBSCRIBE;
                        case MESSAGE -> StompCommand.SEND;
                        default ->
                            throw new IllegalArgumentException("rules are for SUBSCRIBE and MESSAGE, not " + type);
                    })
                    .toArray(StompCommand[]::new));
        }

        /** Everybody may. */
        public DestinationRule permit() {
            return fixed(true);
        }

        /** Nobody may. */
        public DestinationRule deny() {
            return fixed(false);
        }

        /** Whoever is not anonymous may. */
        public DestinationRule authenticated() {
            return ofUser(user -> !user.anonymous());
        }

        /** Whoever has one of these roles may. */
        public DestinationRule hasRole(String... roles) {
            List<String> any = List.of(roles);
            return ofUser(user -> any.stream().anyMatch(user::hasRole));
        }

        /** Whoever this says may. */
        public DestinationRule check(RuleCheck check) {
            return new DestinationRule(pattern, commands, check, false);
        }

        /**
         * Whoever this refuses may not, whatever other rules say; whom it permits, the other rules are asked about. For
         * modules that keep destinations of their own safe. Its variables are what is written there, also where that is
         * a pattern itself; it has none where a pattern only may be for one of its destinations.
         */
        public DestinationRule guard(RuleCheck check) {
            return new DestinationRule(pattern, commands, check, true);
        }

        private DestinationRule fixed(boolean answer) {
            return check((session, variables) -> CompletableFuture.completedStage(answer));
        }

        private DestinationRule ofUser(java.util.function.Predicate<SessionUser> condition) {
            return check((session, variables) -> {
                SessionUser user = session.user();
                return CompletableFuture.completedStage(user != null && condition.test(user));
            });
        }
    }
}
