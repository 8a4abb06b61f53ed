package dev.maru.transport.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@code permessage-deflate} that a client offers and that can be taken as it is (RFC 7692, 7.1).
 *
 * <p>Immutable; safe for any thread.
 *
 * @param serverWindowBits the largest window that the client can inflate with, 15 if it does not say
 * @param saysServerWindow whether the client said so, and has to be told
 */
record DeflateOffer(int serverWindowBits, boolean saysServerWindow) {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final String SERVER_TAKEOVER = "server_no_context_takeover";
    private static final String CLIENT_TAKEOVER = "client_no_context_takeover";
    private static final int MAX_WINDOW_BITS = 15;
    private static final int MAX_OFFERS = 16;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** A token, or a token in quotes (RFC 6455, 9.1). */
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*(" + TOKEN + ")(?:\\s*=\\s*(?:(" + TOKEN + ")|\"(" + TOKEN + ")\"))?\\s*");

    private static final Pattern BITS = Pattern.compile("[89]|1[0-5]");

    /** The first that can be taken, or null. */
    static @Nullable DeflateOffer firstIn(HttpRequest request) {
        int seen = 0;
        for (String header : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            for (String extension : header.split(",", MAX_OFFERS + 1)) {
                DeflateOffer offer = ++seen > MAX_OFFERS ? null : parse(extension);
                if (offer != null) {
                    return offer;
                }
            }
        }
        return null;
    }

    /** What the server answers. Neither side keeps anything from one message to the next. */
    String answer() {
        String answer = NAME + "; " + SERVER_TAKEOVER + "; " + CLIENT_TAKEOVER;
        return saysServerWindow ? answer + "; " + SERVER_WINDOW + "=" + serverWindowBits : answer;
    }

    /** Whether a window of the usual size may be used towards the client. */
    boolean takesTheUsualWindow() {
        return serverWindowBits == MAX_WINDOW_BITS;
    }

    private static @Nullable DeflateOffer parse(String extension) {
        List<String> parts = new ArrayList<>(List.of(extension.split(";", -1)));
        if (!parts.removeFirst().strip().equals(NAME)) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        for (String part : parts) {
            Matcher parameter = PARAMETER.matcher(part);
            if (!parameter.matches() || parameters.put(parameter.group(1), value(parameter)) != null) {
                return null;
            }
        }
        return of(parameters);
    }

    /** A client that sends what nobody knows may not mean what everybody does. */
    private static @Nullable DeflateOffer of(Map<String, String> parameters) {
        boolean sound =
                parameters.entrySet().stream().allMatch(parameter -> isSound(parameter.getKey(), parameter.getValue()));
        if (!sound) {
            return null;
        }
        String bits = parameters.get(SERVER_WINDOW);
        return new DeflateOffer(bits == null ? MAX_WINDOW_BITS : Integer.parseInt(bits), bits != null);
    }

    private static boolean isSound(String name, String value) {
        return switch (name) {
            case SERVER_TAKEOVER, CLIENT_TAKEOVER -> value.isEmpty();
            case CLIENT_WINDOW -> value.isEmpty() || BITS.matcher(value).matches();
            case SERVER_WINDOW -> BITS.matcher(value).matches();
            default -> false;
        };
    }

    private static String value(Matcher parameter) {
        String token = parameter.group(2);
        String quoted = parameter.group(3);
        return token != null ? token : quoted != null ? quoted : "";
    }
}
