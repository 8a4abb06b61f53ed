package dev.maru.spring.identity;

import dev.maru.engine.Engine;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires who clients are. Confined to the thread that starts the application. */
@Configuration(proxyBeanMethods = false)
@Import(WebSessionConfiguration.class)
@EnableConfigurationProperties({JwtProperties.class, RevocationLimits.class})
public class IdentityConfiguration {

    private static final InstantSource TIME = InstantSource.system();

    @Bean
    @ConditionalOnMissingBean
    BearerTokens bearerTokens(
            ObjectProvider<TokenVerifier> verifiers, JwtProperties jwt, TokenRevocations revocations) {
        Stream<TokenVerifier> signed =
                jwt.configured() ? Stream.of(new JwtTokens(jwt, TIME, revocations)) : Stream.empty();
        return new BearerTokens(Stream.concat(verifiers.orderedStream(), signed).toList());
    }

    @Bean
    @ConditionalOnMissingBean
    RevokedTokens revokedTokens(RevocationLimits limits) {
        return new InMemoryRevokedTokens(limits.revocations(), TIME);
    }

    @Bean
    TokenRevocations tokenRevocations(RevokedTokens kept, JwtProperties jwt, ObjectProvider<Engine> engine) {
        return new TokenRevocations(kept, jwt.maxLifetime(), jwt.clockSkew(), TIME, engine);
    }

    @Bean
    RenewalController renewalController(BearerTokens tokens, ObjectProvider<Engine> engine) {
        return new RenewalController(tokens, engine);
    }
}
