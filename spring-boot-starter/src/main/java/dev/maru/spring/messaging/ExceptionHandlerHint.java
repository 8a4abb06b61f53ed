package dev.maru.spring.messaging;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Says at the start where an {@code @ExceptionHandler} stands in a class that handles messages: it is for HTTP and never
 * asked for a message.
 *
 * <p>Confined to the thread that starts the application.
 */
final class ExceptionHandlerHint {
    private static final Logger LOG = LoggerFactory.getLogger(ExceptionHandlerHint.class);

    private final Set<Class<?>> seen = ConcurrentHashMap.newKeySet();

    /** A method of this class handles messages. */
    void look(Class<?> type) {
        if (seen.add(type) && has(type, ExceptionHandler.class) && !has(type, MessageExceptionHandler.class)) {
            LOG.warn(
                    "{} handles messages, and its @ExceptionHandler is never asked for them:"
                            + " @MessageExceptionHandler is",
                    type.getName());
        }
    }

    private static boolean has(Class<?> type, Class<? extends java.lang.annotation.Annotation> annotation) {
        return !MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Boolean>)
                        method -> AnnotatedElementUtils.hasAnnotation(method, annotation) ? Boolean.TRUE : null)
                .isEmpty();
    }
}
