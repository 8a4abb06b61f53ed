package dev.maru.spring.rules;

import dev.maru.engine.session.Authorizer;
import dev.maru.spring.destination.DestinationAlias;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what clients may do. Confined to the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RuleProperties.class)
public class RulesConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(RulesConfiguration.class);
    private static final Authorizer EVERYTHING =
            (session, command, destination, headers) -> CompletableFuture.completedStage(null);

    /** The rules of the configuration, those of the application, and its own authorizer for what they do not name. */
    @Bean
    DestinationRules destinationRules(
            RuleProperties properties,
            ObjectProvider<DestinationRule> rules,
            ObjectProvider<DestinationAlias> aliases,
            ObjectProvider<Authorizer> authorizer) {
        List<DestinationRule> all = Stream.concat(
                        properties.rules().stream().map(RuleProperties.Rule::rule), rules.orderedStream())
                .toList();
        Authorizer own = authorizer.getIfAvailable();
        if (all.stream().allMatch(DestinationRule::isGuard) && own == null) {
            LOG.info("Clients may subscribe and send to every destination; maru.rules[0].destination=/** with"
                    + " maru.rules[0].access=deny would close them, and rules before it would open some");
        }
        Map<String, String> names = aliases.stream()
                .collect(Collectors.toMap(DestinationAlias::name, DestinationAlias::destination, (one, other) -> one));
        return new DestinationRules(all, names, own == null ? EVERYTHING : own);
    }
}
