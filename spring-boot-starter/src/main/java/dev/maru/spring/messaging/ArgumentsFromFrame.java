package dev.maru.spring.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * One of Spring's argument resolvers, whose failures are the fault of the frame's sender.
 *
 * <p>Safe for any thread.
 */
final class ArgumentsFromFrame implements HandlerMethodArgumentResolver {
    private final HandlerMethodArgumentResolver resolver;

    ArgumentsFromFrame(HandlerMethodArgumentResolver resolver) {
        this.resolver = resolver;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return resolver.supportsParameter(parameter);
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
        try {
            return resolver.resolveArgument(parameter, message);
        } catch (Exception failure) {
            if (FrameInHand.CURRENT.isBound()) {
                FrameInHand.CURRENT.get().unreadable(failure);
            }
            throw failure;
        }
    }
}
