package dev.maru.transport.sse;

import dev.maru.engine.fault.Refusal;
import dev.maru.engine.fault.SessionFault;
import dev.maru.stomp.StompHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reader asks for.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param destination what to subscribe to
 * @param since the position to go on from, or null
 * @param last how many messages of the past to begin with, or null
 * @param ticket says who the reader is where nothing else does, or null
 */
public record SseRequest(
        String destination,
        @Nullable String since,
        @Nullable String last,
        @Nullable String ticket) {
    private static final int MAX_PARAMETERS = 16;
    private static final int MAX_CHARS = 1024;
    private static final String HEART_BEAT_MILLIS = "15000";

    /** The one subscription's id, and the id of its receipt. */
    private static final String ID = "sse";

    /**
     * Reads a request. {@code Last-Event-ID}, which a browser sends when it comes back, goes before {@code since},
     * which is as old as the page.
     *
     * @param uri in origin form, with its query
     * @throws Refusal if a parameter is missing, too long, or there twice
     */
    public static SseRequest of(String uri, HttpHeaders headers) {
        Map<String, List<String>> query = query(uri);
        String destination = parameter(query, "destination");
        if (destination == null || destination.isEmpty()) {
            throw new Refusal(SessionFault.MISSING_HEADER, "the parameter destination is missing");
        }
        String lastEventId = headers.get("Last-Event-ID");
        String since = lastEventId == null || lastEventId.isEmpty() ? parameter(query, "since") : lastEventId;
        if (since != null && since.length() > MAX_CHARS) {
            throw invalid("Last-Event-ID");
        }
        return new SseRequest(destination, since, parameter(query, "last"), parameter(query, "ticket"));
    }

    /** The CONNECT of a client that listens, and wants a sign of life now and then. */
    StompHeaders connect() {
        return StompHeaders.of("accept-version", "1.2", "host", ID, "heart-beat", "0," + HEART_BEAT_MILLIS);
    }

    /** Its only SUBSCRIBE. */
    StompHeaders subscribe() {
        StompHeaders headers = StompHeaders.of("id", ID, "destination", destination, "receipt", ID);
        if (since != null) {
            headers.add("since", since);
        }
        return last == null ? headers : headers.add("last", last);
    }

    private static Map<String, List<String>> query(String uri) {
        try {
            return QueryStringDecoder.builder()
                    .maxParams(MAX_PARAMETERS)
                    .build(uri)
                    .parameters();
        } catch (IllegalArgumentException e) {
            throw new Refusal(SessionFault.INVALID_HEADER, "the query of the address cannot be read");
        }
    }

    private static @Nullable String parameter(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1 || values.stream().anyMatch(value -> value.length() > MAX_CHARS)) {
            throw invalid(name);
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static Refusal invalid(String name) {
        return new Refusal(
                SessionFault.INVALID_HEADER, name + " stands there twice, or is longer than " + MAX_CHARS + " letters");
    }
}
