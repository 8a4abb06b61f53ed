package dev.maru.spring.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.spring.EnableMaruMessageBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** An application with wrong settings does not start, and says in words what to do. */
class WrongSettingsTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class WithSelectors implements WebSocketMessageBrokerConfigurer {
        @Override
        public void registerStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/ws");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.setApplicationDestinationPrefixes("/app");
            registry.enableSimpleBroker("/topic").setSelectorHeaderName("selector");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class WithoutPrefix implements WebSocketMessageBrokerConfigurer {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMaruMessageBroker
    static class Relaying implements WebSocketMessageBrokerConfigurer {
        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.setApplicationDestinationPrefixes("/app");
            registry.enableStompBrokerRelay("/topic");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    /** What Spring Boot's reporters would say. */
    private static FailureAnalysis analysis(Class<?> application, String... arguments) {
        try {
            new SpringApplicationBuilder(application)
                    .properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=off")
                    .run(arguments)
                    .close();
        } catch (RuntimeException failure) {
            List<FailureAnalysis> found = new ArrayList<>();
            for (FailureAnalyzer analyzer : SpringFactoriesLoader.forDefaultResourceLocation()
                    .load(
                            FailureAnalyzer.class,
                            SpringFactoriesLoader.FailureHandler.handleMessage((any, cause) -> {}))) {
                FailureAnalysis analysis = analyzer.analyze(failure);
                if (analysis != null) {
                    found.add(analysis);
                }
            }
            return found.stream().findFirst().orElseThrow(() -> new AssertionError("nobody can tell", failure));
        }
        throw new AssertionError("it has started");
    }

    @Test
    void saysWhatMaruDoesNotDoAndWhatToDoInstead() {
        FailureAnalysis analysis = analysis(WithSelectors.class);
        assertThat(analysis.getDescription()).isEqualTo("Maru does not support selectors.");
        assertThat(analysis.getAction()).isEqualTo("Instead: publish to one destination for each kind of message.");
    }

    @Test
    void saysWhatIsMissing() {
        FailureAnalysis analysis = analysis(WithoutPrefix.class);
        assertThat(analysis.getDescription()).isEqualTo("No application destination prefix is set.");
        assertThat(analysis.getAction()).contains("setApplicationDestinationPrefixes");
    }

    @Test
    void letsNobodyBelieveInRulesThatARelayWouldNotAsk() {
        String[] rule = {"--maru.rules[0].destination=/**", "--maru.rules[0].access=deny"};
        assertThat(analysis(Relaying.class, rule).getDescription()).contains("maru.rules", "enableStompBrokerRelay");
    }

    @Test
    void namesTheLimitThatIsNotPositive() {
        FailureAnalysis analysis = analysis(Plain.class, "--maru.limits.subscriptions=0");
        assertThat(analysis.getDescription()).contains("maru.limits.subscriptions", "must be positive");
    }

    @Test
    void namesThePortThatIsTaken() {
        try (var first = new SpringApplicationBuilder(Plain.class)
                .properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn")
                .run("--maru.port=0")) {
            int taken = Objects.requireNonNull(
                            first.getBean(dev.maru.spring.web.OwnPort.class).address())
                    .getPort();
            FailureAnalysis analysis = analysis(Plain.class, "--maru.port=" + taken);
            assertThat(analysis.getDescription()).contains("maru.port", "Nobody can listen");
        }
    }

    @Test
    void namesTheBrokersThatNodesCanMeetAt() {
        FailureAnalysis analysis = analysis(Plain.class, "--maru.cluster.broker=zeromq");
        assertThat(analysis.getDescription()).contains("zeromq");
        assertThat(analysis.getAction()).contains("redis", "rabbitmq", "activemq", "artemis", "kafka");
    }

    @Test
    void namesTheCharactersOfAClustersName() {
        FailureAnalysis analysis = analysis(Plain.class, "--maru.cluster.name=two words");
        assertThat(analysis.getDescription()).contains("maru.cluster.name", "two words");
    }
}
