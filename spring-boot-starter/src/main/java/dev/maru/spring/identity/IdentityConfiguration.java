package dev.maru.spring.identity;

import dev.maru.engine.Engine;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires who clients are. Confined to the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JwtProperties.class)
public class IdentityConfiguration {

    @Bean
    BearerTokens bearerTokens(ObjectProvider<TokenVerifier> verifiers, JwtProperties jwt) {
        Stream<TokenVerifier> signed =
                jwt.configured() ? Stream.of(new JwtTokens(jwt, InstantSource.system())) : Stream.empty();
        return new BearerTokens(Stream.concat(verifiers.orderedStream(), signed).toList());
    }

    @Bean
    RenewalController renewalController(BearerTokens tokens, ObjectProvider<Engine> engine) {
        return new RenewalController(tokens, engine);
    }
}
