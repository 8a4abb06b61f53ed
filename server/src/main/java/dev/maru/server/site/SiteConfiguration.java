package dev.maru.server.site;

import dev.maru.chat.http.ProblemResponses;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;

/** Wires the site. Used by the thread that starts the server. */
@Configuration(proxyBeanMethods = false)
class SiteConfiguration {

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RouterFunction<ServerResponse> site() throws IOException {
        return new SiteHandler(Site.load());
    }

    /** Before Spring Boot's own error page. */
    @Bean
    @Order(-2)
    WebExceptionHandler problemResponses() {
        return new ProblemResponses();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter securityHeaders() {
        return new SecurityHeaders();
    }
}
