package dev.maru.spring.messaging;

import dev.maru.engine.session.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * Gives annotated methods the engine's {@link Session} of the frame they handle.
 *
 * <p>Stateless; safe for any thread.
 */
final class SessionArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Session.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
        if (!FrameInHand.CURRENT.isBound()) {
            throw new IllegalStateException("no session: this message did not come from a client");
        }
        return FrameInHand.CURRENT.get().frame().session();
    }
}
