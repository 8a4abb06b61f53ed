package dev.maru.spring.rules;

import dev.maru.stomp.StompCommand;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rules for destinations.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param rules Who may subscribe and send where. The first rule for a destination and a command decides.
 */
@ConfigurationProperties("maru")
public record RuleProperties(@DefaultValue List<Rule> rules) {

    /** What a rule says. */
    public enum Access {
        /** Everybody may. */
        PERMIT,
        /** Nobody may. */
        DENY,
        /** Whoever is not anonymous may. */
        AUTHENTICATED
    }

    /**
     * One rule.
     *
     * @param destination Pattern of destinations: * within a segment, ** for any number of segments, {name} for one.
     * @param commands SUBSCRIBE, SEND (or MESSAGE, as Spring calls it). Empty: both.
     * @param access Who may; unused where roles are given.
     * @param roles Whoever has one of these roles may, and nobody else.
     */
    public record Rule(
            @Nullable String destination,
            @DefaultValue List<String> commands,
            @Nullable Access access,
            @DefaultValue List<String> roles) {

        DestinationRule rule() {
            if (destination == null || (access == null && roles.isEmpty())) {
                throw new IllegalStateException(
                        "a rule of maru.rules needs a destination, and access or roles: " + this);
            }
            DestinationRule.Unfinished rule = DestinationRule.of(destination);
            if (!commands.isEmpty()) {
                rule = rule.on(commands.stream().map(Rule::command).toArray(StompCommand[]::new));
            }
            if (!roles.isEmpty()) {
                return access == Access.DENY ? rule.deny() : rule.hasRole(roles.toArray(String[]::new));
            }
            return switch (access) {
                case PERMIT -> rule.permit();
                case DENY -> rule.deny();
                case AUTHENTICATED -> rule.authenticated();
                case null -> throw new IllegalStateException("checked before");
            };
        }

        private static StompCommand command(String name) {
            return switch (name.strip().toUpperCase(Locale.ROOT)) {
                case "SUBSCRIBE" -> StompCommand.SUBSCRIBE;
                case "SEND", "MESSAGE" -> StompCommand.SEND;
                default -> throw new IllegalStateException("maru.rules are for SUBSCRIBE and SEND, not for " + name);
            };
        }
    }
}
