package dev.maru.chat.http;

import dev.maru.chat.ChatFault;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.engine.history.LogUnavailableException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Finds the row of the table of faults for whatever ended a request.
 *
 * <p>Stateless; safe for any thread.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    static Refusal of(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case Refusal refusal -> refusal;
            case LogUnavailableException unavailable -> unavailable(unavailable);
            case ServerWebInputException input when isTooLarge(input) -> tooLarge();
            case ServerWebInputException input -> unreadable(input);
            case DataBufferLimitException limit -> tooLarge();
            case ErrorResponse response -> ofStatus(response.getStatusCode().value(), failure);
            case Throwable gone when DisconnectedClientHelper.isClientDisconnectedException(gone) -> unheard();
            default -> internal(failure);
        };
    }

    /** What HTTP wants to be said besides, for example the methods that an address knows. */
    static HttpHeaders headersFor(Throwable failure) {
        return failure instanceof ErrorResponse response ? response.getHeaders() : HttpHeaders.EMPTY;
    }

    private static Refusal unavailable(LogUnavailableException failure) {
        LOG.warn("The store failed", failure);
        return new Refusal(SessionFault.UNAVAILABLE, "The store does not answer. Try the same again later.");
    }

    private static Refusal unreadable(ServerWebInputException input) {
        return input.getCause() instanceof DecodingException
                ? new Refusal(ChatFault.MALFORMED_JSON, "The body is not the JSON object that is expected here.")
                : new Refusal(ApiFault.BAD_REQUEST, input.getReason() == null ? "Bad request." : input.getReason());
    }

    private static boolean isTooLarge(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && (cause instanceof DataBufferLimitException || isTooLarge(cause));
    }

    private static Refusal tooLarge() {
        return new Refusal(ApiFault.BODY_TOO_LARGE, "The body is longer than the server reads.");
    }

    private static Refusal ofStatus(int status, Throwable failure) {
        return switch (status) {
            case 404 -> new Refusal(ApiFault.NOT_FOUND, "Nothing is at this address.");
            case 405 -> new Refusal(ApiFault.METHOD_NOT_ALLOWED, "This address does not know the method.");
            case 406 -> new Refusal(ApiFault.NOT_ACCEPTABLE, "This address answers with application/json.");
            case 413 -> tooLarge();
            case 415 -> new Refusal(ApiFault.UNSUPPORTED_MEDIA_TYPE, "This address reads application/json.");
            default ->
                status < 500 ? new Refusal(ApiFault.BAD_REQUEST, "The request cannot be answered.") : internal(failure);
        };
    }

    /** The client has left in the middle of its request. */
    private static Refusal unheard() {
        return new Refusal(ApiFault.BAD_REQUEST, "The request has no end.");
    }

    private static Refusal internal(Throwable failure) {
        LOG.error("A request failed", failure);
        return new Refusal(SessionFault.INTERNAL_ERROR, "Something failed in the server.");
    }
}
