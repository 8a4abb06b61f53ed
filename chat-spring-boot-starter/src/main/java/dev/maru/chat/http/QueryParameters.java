package dev.maru.chat.http;

import dev.maru.chat.ChatFault;
import dev.maru.engine.fault.Refusal;
import java.text.Normalizer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;

/**
 * The parameters behind the {@code ?} of one request; what cannot be read is refused in words that name the parameter.
 *
 * <p>Immutable; safe for any thread.
 */
record QueryParameters(MultiValueMap<String, String> values) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");

    static QueryParameters of(ServerWebExchange exchange) {
        return new QueryParameters(exchange.getRequest().getQueryParams());
    }

    /** The text in NFC, or null if the parameter is missing or empty. */
    @Nullable String text(String name) {
        String value = values.getFirst(name);
        return value == null || value.isEmpty() ? null : Normalizer.normalize(value, Normalizer.Form.NFC);
    }

    String requiredText(String name) {
        return Optional.ofNullable(text(name)).orElseThrow(() -> refusal(name + " is missing."));
    }

    int limit(int byDefault, int most) {
        String value = text("limit");
        if (value == null) {
            return byDefault;
        }
        if (!NUMBER.matcher(value).matches() || Long.parseLong(value) < 1 || Long.parseLong(value) > most) {
            throw refusal("limit must be a whole number from 1 to " + most + ".");
        }
        return Integer.parseInt(value);
    }

    /** A number from 0, or null if the parameter is missing or empty. */
    @Nullable Long number(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (!NUMBER.matcher(value).matches()) {
            throw refusal(name + " must be a whole number from 0.");
        }
        return Long.valueOf(value);
    }

    @Nullable Instant time(String name) {
        String value = text(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw refusal(name + " must be a time such as 2026-01-31T09:00:00Z.");
        }
    }

    private static Refusal refusal(String detail) {
        return new Refusal(ChatFault.INVALID_QUERY, detail);
    }
}
