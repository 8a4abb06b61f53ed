package dev.maru.server.account;

import dev.maru.engine.Engine;
import dev.maru.engine.destination.DestinationPattern;
import dev.maru.engine.fault.Refusal;
import dev.maru.engine.history.StreamPosition;
import dev.maru.engine.message.MessageContent;
import dev.maru.stomp.StompHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets other servers publish to broker destinations. The chat's own streams are written by the chat alone.
 *
 * <p>Safe for any thread; never blocks one. {@link ApiGuard} lets in who has an API key, and nobody else.
 */
@RestController
final class PublishController {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern BROKER = Pattern.compile("/(topic|queue)/\\S.{0,1000}");
    private static final Pattern OURS = Pattern.compile("/topic/(public|rooms|presence|typing)(/.*)?");
    private static final int MOST_HEADERS = 32;
    private static final int LONGEST_HEADER = 4 * 1024;

    /** Headers that are the engine's own in a MESSAGE. */
    private static final Set<String> RESERVED =
            Set.of("destination", "content-length", "subscription", "message-id", "ack", "receipt", "transaction");

    private final Engine engine;

    PublishController(Engine engine) {
        this.engine = engine;
    }

    /** What is published: a text as it is, anything else as JSON. */
    record Publication(
            @Nullable String destination,
            @Nullable JsonNode body,
            @Nullable Map<String, String> headers) {}

    /** Where it stands; null on a destination without history. */
    record Published(@Nullable String position) {}

    @PostMapping(path = "/api/publish", consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<Published> publish(@RequestBody Publication wanted, ServerWebExchange exchange) {
        String author = ApiGuard.caller(exchange) instanceof Caller.Server server ? "key:" + server.keyId() : "admin";
        return engine.publish(destination(wanted), author, content(wanted))
                .thenApply(position ->
                        new Published(position.map(StreamPosition::toString).orElse(null)));
    }

    private static String destination(Publication wanted) {
        String destination = wanted.destination();
        if (destination == null
                || !BROKER.matcher(destination).matches()
                || OURS.matcher(destination).matches()
                || DestinationPattern.isPattern(destination)) {
            throw invalid("A destination begins with /topic/ or /queue/, is no pattern, and is none of the chat's.");
        }
        return destination;
    }

    private static MessageContent content(Publication wanted) {
        JsonNode body = wanted.body();
        StompHeaders headers = new StompHeaders();
        String type = null;
        for (Map.Entry<String, String> header :
                (wanted.headers() == null ? Map.<String, String>of() : wanted.headers()).entrySet()) {
            if (header.getKey().equals("content-type")) {
                type = header.getValue();
            } else {
                add(headers, header);
            }
        }
        if (body == null || body.isString()) {
            byte[] text = (body == null ? "" : body.stringValue()).getBytes(StandardCharsets.UTF_8);
            return new MessageContent(text, type == null ? "text/plain;charset=utf-8" : type, headers);
        }
        return new MessageContent(JSON.writeValueAsBytes(body), type == null ? "application/json" : type, headers);
    }

    private static void add(StompHeaders headers, Map.Entry<String, String> header) {
        String name = header.getKey();
        String value = header.getValue();
        boolean fits = name != null
                && value != null
                && !name.isBlank()
                && name.length() + value.length() <= LONGEST_HEADER
                && !RESERVED.contains(name);
        if (!fits || headers.size() >= MOST_HEADERS) {
            throw invalid("Headers are at most " + MOST_HEADERS + " texts, and none of " + RESERVED + ".");
        }
        headers.add(name, value);
    }

    private static Refusal invalid(String detail) {
        return new Refusal(AccountFault.INVALID_PUBLICATION, detail);
    }
}
