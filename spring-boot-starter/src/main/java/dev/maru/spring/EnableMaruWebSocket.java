package dev.maru.spring;

import dev.maru.spring.annotated.AnnotatedConfiguration;
import dev.maru.spring.socket.SocketConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Put on a configuration class in the place of Spring's {@code @EnableWebSocket}: the application's
 * {@link org.springframework.web.socket.config.annotation.WebSocketConfigurer} beans then register their handlers on
 * Maru's transport, and so do its beans with {@code jakarta.websocket}'s {@code @ServerEndpoint}, which need no
 * {@code ServerEndpointExporter}. What they ask for and Maru does not do stops the application at its start, with a
 * message that says what to do instead.
 *
 * <p>STOMP goes on being spoken at {@code maru.endpoints}, but not at a path that a handler has taken.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Import({SocketConfiguration.class, AnnotatedConfiguration.class})
public @interface EnableMaruWebSocket {}
