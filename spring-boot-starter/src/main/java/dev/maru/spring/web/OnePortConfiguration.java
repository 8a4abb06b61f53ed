package dev.maru.spring.web;

import dev.maru.transport.http.WebSocketTransport;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the endpoints on the application's web server. */
@Configuration(proxyBeanMethods = false)
public class OnePortConfiguration {

    @Bean
    OnePort onePort(WebSocketTransport transport, ApplicationContext context) {
        return new OnePort(transport, context instanceof WebServerApplicationContext);
    }
}
