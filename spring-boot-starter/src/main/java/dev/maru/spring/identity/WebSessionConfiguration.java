package dev.maru.spring.identity;

import dev.maru.engine.Engine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.session.WebSessionManager;

/**
 * Lets whoever is logged in with Spring Security be the user of their connections, in applications on WebFlux. Confined
 * to the thread that starts the application.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SecurityContext.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "maru.auth.web-session", matchIfMissing = true)
class WebSessionConfiguration {

    /** The first that is asked, so that policies of the application can say who somebody is instead. */
    @Bean
    @Order(0)
    WebSessionUsers webSessionUsers(ObjectProvider<WebSessionManager> sessions, ObjectProvider<Engine> engine) {
        return new WebSessionUsers(sessions, engine);
    }
}
