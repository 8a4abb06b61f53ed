package dev.maru.spring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.engine.message.MessageContent;
import dev.maru.engine.session.CloseReason;
import dev.maru.engine.session.Handshake;
import dev.maru.engine.session.Session;
import dev.maru.engine.session.SessionUser;
import dev.maru.spring.rules.RuleProperties.Access;
import dev.maru.spring.rules.RuleProperties.Rule;
import dev.maru.stomp.StompCommand;
import dev.maru.stomp.StompHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.simp.SimpMessageType;

class DestinationRulesTest {
    private static final Someone JANE = new Someone(new SessionUser("jane", false, "Jane", Set.of("USER"), null));
    private static final Someone ADMIN =
            new Someone(new SessionUser("root", false, "Root", Set.of("USER", "ADMIN"), null));
    private static final Someone NOBODY = new Someone(new SessionUser("s-1", true));

    @Test
    void letsTheFirstRuleForADestinationAndACommandDecide() {
        DestinationRules rules = rules(
                DestinationRule.of("/topic/secret").hasRole("ADMIN"),
                DestinationRule.of("/topic/**").on(StompCommand.SUBSCRIBE).permit(),
                DestinationRule.of("/queue/**").on(SimpMessageType.MESSAGE).authenticated(),
                DestinationRule.of("/**").deny());
        assertThat(subscribes(rules, JANE, "/topic/secret")).isFalse();
        assertThat(subscribes(rules, ADMIN, "/topic/secret")).isTrue();
        assertThat(subscribes(rules, NOBODY, "/topic/news")).isTrue();
        assertThat(sends(rules, JANE, "/topic/news")).isFalse();
        assertThat(sends(rules, JANE, "/queue/jobs")).isTrue();
        assertThat(sends(rules, NOBODY, "/queue/jobs")).isFalse();
        assertThat(subscribes(rules, ADMIN, "/queue/jobs")).isFalse();
    }

    @Test
    void asksTheOtherAuthorizerWhereThereIsNoRule() {
        DestinationRules rules = new DestinationRules(
                List.of(DestinationRule.of("/topic/open").permit()),
                Map.of(),
                (session, command, destination, headers) ->
                        CompletableFuture.failedStage(new IllegalStateException("asked")));
        assertThat(subscribes(rules, NOBODY, "/topic/open")).isTrue();
        assertThat(subscribes(rules, NOBODY, "/topic/other")).isFalse();
    }

    @Test
    void givesAChecksVariables() {
        DestinationRules rules = rules(
                DestinationRule.of("/topic/team/{team}")
                        .check((session, variables) ->
                                CompletableFuture.completedStage("blue".equals(variables.get("team")))),
                DestinationRule.of("/**").deny());
        assertThat(subscribes(rules, JANE, "/topic/team/blue")).isTrue();
        assertThat(subscribes(rules, JANE, "/topic/team/red")).isFalse();
        assertThat(subscribes(rules, JANE, "/topic/team/*")).isFalse();
    }

    @Test
    void letsNobodyAroundARuleByAPattern() {
        DestinationRules rules = rules(
                DestinationRule.of("/topic/secret").hasRole("ADMIN"),
                DestinationRule.of("/topic/**").permit(),
                DestinationRule.of("/**").deny());
        for (String pattern : List.of("/topic/*", "/topic/**", "/topic/s*", "/topic/{any}", "/**", "/*/secret")) {
            assertThat(subscribes(rules, JANE, pattern)).as(pattern).isFalse();
        }
        assertThat(subscribes(rules, ADMIN, "/topic/*")).isTrue();
        assertThat(subscribes(rules, ADMIN, "/**")).isFalse();
        assertThat(subscribes(rules, JANE, "/topic/a/*")).isTrue();
    }

    @Test
    void asksGuardsBeforeAllOthersAndTheOthersToo() {
        DestinationRules rules = rules(
                DestinationRule.of("/topic/**").permit(),
                DestinationRule.of("/queue/**").deny(),
                DestinationRule.of("/*/walled/{name}")
                        .guard((session, variables) ->
                                CompletableFuture.completedStage("open".equals(variables.get("name")))));
        assertThat(subscribes(rules, JANE, "/topic/walled/open")).isTrue();
        assertThat(subscribes(rules, JANE, "/topic/walled/closed")).isFalse();
        assertThat(subscribes(rules, JANE, "/queue/walled/open")).isFalse();
        assertThat(subscribes(rules, JANE, "/topic/walled/*")).isFalse();
        assertThat(subscribes(rules, JANE, "/topic/**")).isFalse();
        assertThat(subscribes(rules, JANE, "/topic/other")).isTrue();
    }

    @Test
    void knowsADestinationByItsAlias() {
        DestinationRules rules = new DestinationRules(
                List.of(DestinationRule.of("/topic/public/lobby").deny()),
                Map.of("/topic/public", "/topic/public/lobby"),
                (session, command, destination, headers) -> CompletableFuture.completedStage(null));
        assertThat(subscribes(rules, JANE, "/topic/public")).isFalse();
    }

    @Test
    void readsRulesFromTheConfiguration() {
        DestinationRules rules = rules(
                new Rule("/topic/ops", List.of("subscribe"), null, List.of("ADMIN")).rule(),
                new Rule("/topic/me", List.of("SEND", "SUBSCRIBE"), Access.AUTHENTICATED, List.of()).rule(),
                new Rule("/topic/**", List.of("MESSAGE"), Access.PERMIT, List.of()).rule(),
                new Rule("/**", List.of(), Access.DENY, List.of()).rule());
        assertThat(subscribes(rules, ADMIN, "/topic/ops")).isTrue();
        assertThat(subscribes(rules, JANE, "/topic/ops")).isFalse();
        assertThat(sends(rules, JANE, "/topic/ops")).isTrue();
        assertThat(subscribes(rules, JANE, "/topic/me")).isTrue();
        assertThat(subscribes(rules, NOBODY, "/topic/me")).isFalse();
        assertThat(subscribes(rules, JANE, "/topic/other")).isFalse();
    }

    @Test
    void refusesRulesThatSayNothing() {
        assertThatThrownBy(() -> new Rule("/topic/a", List.of(), null, List.of()).rule())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Rule(null, List.of(), Access.DENY, List.of()).rule())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Rule("/topic/a", List.of("CONNECT"), Access.DENY, List.of()).rule())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> DestinationRule.of("/a").on(SimpMessageType.CONNECT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static DestinationRules rules(DestinationRule... rules) {
        return new DestinationRules(
                List.of(rules),
                Map.of(),
                (session, command, destination, headers) ->
                        CompletableFuture.failedStage(new AssertionError("no rule for " + destination)));
    }

    private static boolean subscribes(DestinationRules rules, Session session, String destination) {
        return may(rules, session, StompCommand.SUBSCRIBE, destination);
    }

    private static boolean sends(DestinationRules rules, Session session, String destination) {
        return may(rules, session, StompCommand.SEND, destination);
    }

    private static boolean may(DestinationRules rules, Session session, StompCommand command, String destination) {
        return !rules.authorize(session, command, destination, new StompHeaders())
                .toCompletableFuture()
                .isCompletedExceptionally();
    }

    private record Someone(SessionUser user) implements Session {
        @Override
        public String id() {
            return "s-1";
        }

        @Override
        public Handshake handshake() {
            return new Handshake("/ws", Map.of(), new InetSocketAddress(1), "test");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Map<String, Object> attributes() {
            return Map.of();
        }

        @Override
        public void send(String destination, MessageContent content) {}

        @Override
        public void close(CloseReason reason) {}
    }
}
