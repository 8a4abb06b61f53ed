package dev.maru.spring.messaging;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.Tolerated;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.AsyncHandlerMethodReturnValueHandler;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodReturnValueHandler;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageMappingInfo;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.web.socket.messaging.WebSocketAnnotationMethodMessageHandler;

/**
 * Spring's dispatch to annotated methods, except that what fails is reported to the frame's sender and not only logged.
 *
 * <p>Safe for any thread.
 */
final class MappedMethods extends WebSocketAnnotationMethodMessageHandler {
    private final boolean lenient;

    /** @param lenient whether what fails costs its sender no connection, as in Spring */
    MappedMethods(
            SubscribableChannel inbound,
            MessageChannel outbound,
            SimpMessageSendingOperations template,
            boolean lenient) {
        super(inbound, outbound, template);
        this.lenient = lenient;
    }

    @Override
    protected List<HandlerMethodArgumentResolver> initArgumentResolvers() {
        return super.initArgumentResolvers().stream().map(this::blamingTheFrame).toList();
    }

    private HandlerMethodArgumentResolver blamingTheFrame(HandlerMethodArgumentResolver resolver) {
        return getCustomArgumentResolvers().contains(resolver) ? resolver : new ArgumentsFromFrame(resolver);
    }

    @Override
    protected List<? extends HandlerMethodReturnValueHandler> initReturnValueHandlers() {
        return super.initReturnValueHandlers().stream()
                .map(MappedMethods::awaited)
                .toList();
    }

    private static HandlerMethodReturnValueHandler awaited(HandlerMethodReturnValueHandler handler) {
        return handler instanceof AsyncHandlerMethodReturnValueHandler async ? new AwaitedResults(async) : handler;
    }

    /** Lets a method answer a subscription that was accepted; see {@link SubscribeMethods}. */
    void answer(Message<?> subscribe) {
        super.handleMessage(subscribe);
    }

    /** Messages alone: a SUBSCRIBE that passes here on its way has not been accepted yet. */
    @Override
    public void handleMessage(Message<?> message) {
        if (SimpMessageHeaderAccessor.getMessageType(message.getHeaders()) != SimpMessageType.MESSAGE) {
            return;
        }
        try {
            super.handleMessage(message);
        } catch (RuntimeException failure) {
            // Put down here, or it would pass for an interceptor's on its way through the channel.
            if (FrameInHand.CURRENT.isBound()) {
                fail(FrameInHand.CURRENT.get(), failure);
            }
            throw failure;
        }
    }

    @Override
    protected void handleNoMatch(Set<SimpMessageMappingInfo> mappings, String destination, Message<?> message) {
        if (FrameInHand.CURRENT.isBound()) {
            FrameInHand frame = FrameInHand.CURRENT.get();
            String nobody = "nothing handles " + frame.frame().destination();
            frame.fail(
                    lenient
                            ? new Tolerated(MessagingFault.NO_HANDLER, nobody)
                            : new Refusal(MessagingFault.NO_HANDLER, nobody));
        }
    }

    @Override
    protected void processHandlerMethodException(HandlerMethod method, Exception exception, Message<?> message) {
        if (FrameInHand.CURRENT.isBound() && super.getExceptionHandlerMethod(method, exception) == null) {
            fail(FrameInHand.CURRENT.get(), exception);
        } else {
            super.processHandlerMethodException(method, exception, message);
        }
    }

    /** Puts a failure down, and returns what the client is told of it. */
    private Throwable fail(FrameInHand frame, Exception failure) {
        Throwable told = lenient ? FrameFailures.tolerate(frame, failure) : FrameFailures.explain(frame, failure);
        frame.fail(told);
        return told;
    }

    @Override
    protected @Nullable InvocableHandlerMethod getExceptionHandlerMethod(HandlerMethod method, Exception exception) {
        InvocableHandlerMethod found = super.getExceptionHandlerMethod(method, exception);
        return found == null ? null : new ReportingExceptionHandler(found);
    }

    /** Spring only logs what an exception handler throws; the client is told of that too. */
    private final class ReportingExceptionHandler extends InvocableHandlerMethod {

        ReportingExceptionHandler(InvocableHandlerMethod method) {
            super(method);
        }

        @Override
        public @Nullable Object invoke(Message<?> message, @Nullable Object... providedArgs) throws Exception {
            try {
                return super.invoke(message, providedArgs);
            } catch (Exception failure) {
                if (FrameInHand.CURRENT.isBound() && isAnswer(FrameInHand.CURRENT.get(), failure)) {
                    return null;
                }
                throw failure;
            }
        }

        /** Puts the failure down for the client. A refusal is all that is to be said: nobody logs it. */
        private boolean isAnswer(FrameInHand frame, Exception failure) {
            return fail(frame, failure) instanceof Refusal;
        }
    }
}
