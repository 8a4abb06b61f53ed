package dev.maru.spring.annotated;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * The annotated methods of an endpoint's class. They are looked at once, at the start, and what cannot be called stops
 * it.
 *
 * <p>Immutable; safe for any thread.
 */
final class EndpointMethods {

    /** What can happen to a client. */
    enum Kind {
        OPEN(OnOpen.class, Void.class),
        TEXT(OnMessage.class, String.class),
        BINARY(OnMessage.class, ByteBuffer.class),
        ERROR(OnError.class, Throwable.class),
        CLOSE(OnClose.class, CloseReason.class);

        private final Class<? extends Annotation> annotation;
        private final Class<?> content;

        Kind(Class<? extends Annotation> annotation, Class<?> content) {
            this.annotation = annotation;
            this.content = content;
        }
    }

    /** What has happened, with the message, the reason or the error. */
    record Event(
            Kind kind, EndpointSession session, @Nullable Object content) {}

    private final Class<?> type;
    private final Map<Kind, Method> methods = new EnumMap<>(Kind.class);

    EndpointMethods(Class<?> type) {
        this.type = type;
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
            for (Kind kind : Kind.values()) {
                if (method.isAnnotationPresent(kind.annotation)
                        && (kind != Kind.BINARY || takesBytes(method))
                        && (kind != Kind.TEXT || !takesBytes(method))) {
                    add(kind, method);
                }
            }
        }
    }

    boolean handles(Kind kind) {
        return methods.containsKey(kind);
    }

    /** Calls the method for this event, if there is one; returns what it returns. */
    @Nullable Object call(Object instance, Event event) throws Exception {
        Method method = methods.get(event.kind());
        if (method == null) {
            return null;
        }
        Parameter[] parameters = method.getParameters();
        @Nullable Object[] arguments = new @Nullable Object[parameters.length];
        Arrays.setAll(arguments, i -> argument(parameters[i], event));
        try {
            return method.invoke(instance, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    private static @Nullable Object argument(Parameter parameter, Event event) {
        PathParam variable = parameter.getAnnotation(PathParam.class);
        if (variable != null) {
            return event.session().getPathParameters().get(variable.value());
        }
        if (parameter.getType() == Session.class) {
            return event.session();
        }
        if (parameter.getType() == byte[].class && event.content() instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        }
        return event.content();
    }

    private void add(Kind kind, Method method) {
        for (Parameter parameter : method.getParameters()) {
            check(kind, method, parameter);
        }
        if (kind.annotation == OnMessage.class) {
            checkAnswer(method);
        }
        if (methods.put(kind, method) != null) {
            throw AnnotatedEndpoints.unsupported(type, "two methods for " + kind, "have one");
        }
        method.setAccessible(true);
    }

    private void check(Kind kind, Method method, Parameter parameter) {
        Class<?> wanted = parameter.getType();
        boolean variable = parameter.isAnnotationPresent(PathParam.class) && wanted == String.class;
        boolean bytes = kind == Kind.BINARY && wanted == byte[].class;
        if (!variable && !bytes && wanted != Session.class && wanted != kind.content) {
            throw AnnotatedEndpoints.unsupported(
                    type,
                    "the parameter " + parameter + " in " + method.getName(),
                    "Session, @PathParam String, and the message as String, byte[] or ByteBuffer, the CloseReason or"
                            + " the Throwable can be had");
        }
    }

    private void checkAnswer(Method method) {
        Class<?> answer = method.getReturnType();
        if (answer != void.class && answer != String.class && answer != ByteBuffer.class && answer != byte[].class) {
            throw AnnotatedEndpoints.unsupported(
                    type, "the answer of " + method.getName(), "return a String, a ByteBuffer, a byte[] or nothing");
        }
    }

    private static boolean takesBytes(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .anyMatch(type -> type == byte[].class || type == ByteBuffer.class);
    }
}
