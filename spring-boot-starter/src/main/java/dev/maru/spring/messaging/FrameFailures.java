package dev.maru.spring.messaging;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.fault.Tolerated;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.validation.BindingResult;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/**
 * Says whose fault a failure is: a {@link Refusal} where the client can mend it, the failure itself where it cannot.
 *
 * <p>Stateless; safe for any thread.
 */
final class FrameFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FrameFailures.class);

    private FrameFailures() {}

    /** What the client is told of an exception that came out of Spring's dispatch. */
    static Throwable explain(FrameInHand frame, Exception exception) {
        Refusal refusal = find(Refusal.class, exception);
        if (refusal != null) {
            return refusal;
        }
        return frame.wasUnreadable(exception) ? unreadable(exception) : exception;
    }

    /** The same, where only a refusal that the application chose itself may cost the client its connection. */
    static Throwable tolerate(FrameInHand frame, Exception exception) {
        Throwable told = explain(frame, exception);
        String destination = frame.frame().destination();
        if (!(told instanceof Refusal refusal)) {
            LOG.error("A method failed on a message to {}", destination, exception);
            return new Tolerated(SessionFault.INTERNAL_ERROR, "the server failed to handle this frame");
        }
        if (!frame.wasUnreadable(exception)) {
            return refusal;
        }
        LOG.warn("A message to {} was not handled: {}", destination, refusal.detail());
        return new Tolerated(refusal.fault(), refusal.detail());
    }

    /** What the client is told of an exception that kept the frame from reaching any method. */
    static Throwable intercepted(Throwable exception) {
        Refusal refusal = find(Refusal.class, exception);
        if (refusal != null) {
            return refusal;
        }
        LOG.warn(
                "An interceptor refused a frame: {}",
                NestedExceptionUtils.getMostSpecificCause(exception).toString());
        return new Refusal(MessagingFault.INTERCEPTED, "the application did not let this frame pass");
    }

    private static Refusal unreadable(Exception exception) {
        if (exception instanceof MethodArgumentNotValidException invalid) {
            return new Refusal(MessagingFault.INVALID_PAYLOAD, constraints(invalid.getBindingResult()));
        }
        JacksonException json = find(JacksonException.class, exception);
        return new Refusal(
                MessagingFault.MALFORMED_PAYLOAD,
                json == null ? "the frame cannot be read as what this destination takes" : place(json));
    }

    private static String constraints(@Nullable BindingResult result) {
        return result == null
                ? "the body breaks a rule of this destination"
                : result.getFieldErrors().stream()
                        .map(error -> error.getField() + " " + error.getDefaultMessage())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** Says where the JSON goes wrong and repeats none of it: it may be long, and is not ours. */
    private static String place(JacksonException json) {
        String path = json.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .map(String::valueOf)
                .collect(Collectors.joining("."));
        if (!path.isEmpty()) {
            return "the body's " + path + " cannot be read";
        }
        TokenStreamLocation location = json.getLocation();
        return location == null || location.getLineNr() < 1
                ? "the body is not the JSON that this destination takes"
                : "the body is not JSON at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, @Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
