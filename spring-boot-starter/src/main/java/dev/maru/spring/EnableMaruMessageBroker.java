package dev.maru.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Put on a configuration class in the place of Spring's {@code @EnableWebSocketMessageBroker}: the application's
 * {@link org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer} beans then say where
 * clients connect and which destinations go where. What they ask for and Maru does not do stops the application at its
 * start, with a message that says what to do instead.
 *
 * <p>Without it the {@code maru.*} properties say the same things.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(ApplicationConfigurers.class)
public @interface EnableMaruMessageBroker {}
