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
 * <p>As in Spring, a message that no method is mapped to, that cannot be read, or that a method fails at costs its
 * sender no connection: it is logged. Those who subscribe to {@code /user/queue/errors} are told there, and those who ask
 * for a receipt get ERROR in its place. A method ends the connection by throwing a
 * {@link dev.maru.engine.fault.Refusal}.
 *
 * <p>Without it the {@code maru.*} properties say the same things.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import(ApplicationConfigurers.class)
public @interface EnableMaruMessageBroker {}
