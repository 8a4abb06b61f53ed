package com.example.shop;

import dev.maru.spring.identity.WebSessionUsers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.DelegatingServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.ServerLogoutHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Who may see what. The chat takes no part in it, but that its connections end with the log-in. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http, WebSessionUsers connections) {
        ServerLogoutHandler endConnections = (exchange, user) ->
                exchange.getExchange().getSession().doOnNext(connections::end).then();
        return http.authorizeExchange(paths -> paths.pathMatchers("/support", "/chat-api/rooms")
                        .hasRole("AGENT")
                        .pathMatchers("/chat-api/**")
                        .authenticated()
                        .anyExchange()
                        .permitAll())
                .formLogin(Customizer.withDefaults())
                .logout(logout -> logout.logoutHandler(
                        new DelegatingServerLogoutHandler(endConnections, new SecurityContextServerLogoutHandler())))
                .build();
    }

    @Bean
    ReactiveUserDetailsService users(Customers customers) {
        return login -> Mono.fromCallable(() -> customers.find(login))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::justOrEmpty)
                .map(SecurityConfiguration::details);
    }

    private static UserDetails details(Customer customer) {
        return User.withUsername(customer.login())
                .password(customer.password())
                .roles(customer.agent() ? "AGENT" : "CUSTOMER")
                .build();
    }
}
