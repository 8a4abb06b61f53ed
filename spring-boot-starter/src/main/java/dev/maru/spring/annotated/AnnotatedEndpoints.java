package dev.maru.spring.annotated;

import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The beans of an application that are endpoints. Each client gets an instance of its own, made and injected by
 * Spring, as Jakarta WebSocket 2.2, 3.1 wants it; with Spring's {@code SpringConfigurator} all get the bean itself.
 *
 * <p>Confined to the thread that starts the application; the endpoints are safe for any thread.
 */
final class AnnotatedEndpoints {
    private static final String THE_BEAN_ITSELF = "org.springframework.web.socket.server.standard.SpringConfigurator";

    private final ConfigurableListableBeanFactory beans;

    AnnotatedEndpoints(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** @throws UnsupportedOperationException if one asks for what Maru does not do */
    List<AnnotatedEndpoint> all() {
        return Arrays.stream(beans.getBeanNamesForAnnotation(ServerEndpoint.class))
                .map(this::endpoint)
                .toList();
    }

    private AnnotatedEndpoint endpoint(String bean) {
        Class<?> type = ClassUtils.getUserClass(Objects.requireNonNull(beans.getType(bean)));
        ServerEndpoint annotation = Objects.requireNonNull(type.getAnnotation(ServerEndpoint.class));
        check(type, annotation);
        boolean shared = annotation.configurator().getName().equals(THE_BEAN_ITSELF);
        Supplier<Object> instances = shared ? () -> beans.getBean(bean) : () -> beans.createBean(type);
        return new AnnotatedEndpoint(PathTemplate.of(annotation.value()), new EndpointMethods(type), instances);
    }

    private static void check(Class<?> type, ServerEndpoint annotation) {
        if (annotation.subprotocols().length > 0) {
            throw unsupported(type, "subprotocols", "leave them out, in the page as well");
        }
        if (annotation.decoders().length > 0 || annotation.encoders().length > 0) {
            throw unsupported(type, "decoders and encoders", "take and send text, and convert it in the method");
        }
        Class<?> configurator = annotation.configurator();
        if (configurator != ServerEndpointConfig.Configurator.class
                && !configurator.getName().equals(THE_BEAN_ITSELF)) {
            throw unsupported(type, "a configurator", "a HandshakePolicy bean sees the handshake");
        }
    }

    static UnsupportedOperationException unsupported(Class<?> type, String what, String advice) {
        return new UnsupportedOperationException(
                "Maru does not support " + what + " of a @ServerEndpoint (" + type.getName() + "): " + advice);
    }
}
