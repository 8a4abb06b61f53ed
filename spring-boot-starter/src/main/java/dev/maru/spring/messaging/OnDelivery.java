package dev.maru.spring.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;

/**
 * An interceptor of {@code clientOutboundChannel}. It sees frames on their way to clients, those of the application's own
 * replies among them; not the replies themselves on their way to the engine, or it would see them twice.
 *
 * <p>Safe for any thread, if the interceptor is.
 */
record OnDelivery(ChannelInterceptor interceptor) implements ChannelInterceptor {

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        return OutgoingFrame.in(message) == null ? message : interceptor.preSend(message, channel);
    }

    @Override
    public void postSend(Message<?> message, MessageChannel channel, boolean sent) {
        if (OutgoingFrame.in(message) != null) {
            interceptor.postSend(message, channel, sent);
        }
    }

    @Override
    public void afterSendCompletion(
            Message<?> message, MessageChannel channel, boolean sent, @Nullable Exception failure) {
        if (OutgoingFrame.in(message) != null) {
            interceptor.afterSendCompletion(message, channel, sent, failure);
        }
    }
}
