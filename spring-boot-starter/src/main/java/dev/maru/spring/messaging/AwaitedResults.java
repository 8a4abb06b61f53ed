package dev.maru.spring.messaging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.AsyncHandlerMethodReturnValueHandler;

/**
 * Makes a frame's receipt wait for the result of a method that returns a future or a {@code Mono}, and lets what is
 * sent with that result join the receipt.
 *
 * <p>Safe for any thread.
 */
final class AwaitedResults implements AsyncHandlerMethodReturnValueHandler {
    private final AsyncHandlerMethodReturnValueHandler handler;

    AwaitedResults(AsyncHandlerMethodReturnValueHandler handler) {
        this.handler = handler;
    }

    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return handler.supportsReturnType(returnType);
    }

    @Override
    public boolean isAsyncReturnValue(Object returnValue, MethodParameter returnType) {
        return handler.isAsyncReturnValue(returnValue, returnType);
    }

    @Override
    public void handleReturnValue(@Nullable Object value, MethodParameter returnType, Message<?> message)
            throws Exception {
        handler.handleReturnValue(value, returnType, message);
    }

    @Override
    public @Nullable CompletableFuture<?> toCompletableFuture(Object returnValue, MethodParameter returnType) {
        CompletableFuture<?> result = handler.toCompletableFuture(returnValue, returnType);
        return result == null || !FrameInHand.CURRENT.isBound() ? result : within(FrameInHand.CURRENT.get(), result);
    }

    /**
     * Spring sends the result from a callback on the future it is given, so it is given one that completes inside the
     * frame's scope; when that call returns, the result has been sent. Should the callback run on the method's own
     * thread instead, the method has not returned yet, and the scope is open all the same.
     */
    private static CompletableFuture<?> within(FrameInHand frame, CompletionStage<?> result) {
        CompletableFuture<@Nullable Object> sendable = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
        frame.frame().scope().join(sent);
        result.whenComplete((value, failure) -> {
            frame.run(() -> complete(sendable, value, failure));
            complete(sent, null, frame.failure());
        });
        return sendable;
    }

    private static <T> void complete(
            CompletableFuture<@Nullable T> future, @Nullable T value, @Nullable Throwable failure) {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(value);
        }
    }
}
