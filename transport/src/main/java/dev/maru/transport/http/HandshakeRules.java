package dev.maru.transport.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be like to become a WebSocket (RFC 6455, 4.2).
 *
 * <p>Stateless; safe for any thread.
 */
final class HandshakeRules {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final List<String> SUB_PROTOCOLS = List.of("v12.stomp", "v11.stomp", "v10.stomp");

    /** Sixteen bytes in base64. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

    private HandshakeRules() {}

    /** Whether the request asks to become a WebSocket, rightly or not. */
    static boolean asksForWebSocket(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /**
     * What is wrong with the request, or null.
     *
     * @param sockJs whether its clients expect SockJS's own refusals
     */
    static @Nullable FullHttpResponse check(HttpRequest request, boolean sockJs) {
        FullHttpResponse refusal = sockJs ? checkUpgradeOfSockJs(request) : checkUpgrade(request);
        return refusal == null ? checkMessage(request) : refusal;
    }

    private static @Nullable FullHttpResponse checkUpgrade(HttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return notGet();
        }
        if (!asksForWebSocket(request)) {
            return upgradeRequired("This is a WebSocket.");
        }
        return connectionSaysUpgrade(request) ? null : bad("\"Connection\" must be \"Upgrade\".");
    }

    /** Public suites look for these very words. */
    private static @Nullable FullHttpResponse checkUpgradeOfSockJs(HttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return HttpAnswers.methodNotAllowed("GET");
        }
        if (!asksForWebSocket(request)) {
            return HttpAnswers.text(HttpResponseStatus.BAD_REQUEST, "Can \"Upgrade\" only to \"WebSocket\".");
        }
        return connectionSaysUpgrade(request)
                ? null
                : HttpAnswers.text(HttpResponseStatus.BAD_REQUEST, "\"Connection\" must be \"Upgrade\".");
    }

    private static boolean connectionSaysUpgrade(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private static @Nullable FullHttpResponse checkMessage(HttpRequest request) {
        if (!VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return upgradeRequired("Only version 13 of WebSocket is spoken here.");
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return bad("A WebSocket handshake is an HTTP/1.1 request.");
        }
        if (HttpAnswers.hasBody(request)) {
            return bad("A WebSocket handshake has no body.");
        }
        List<String> keys = request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
            return bad("Sec-WebSocket-Key must be 16 bytes in base64.");
        }
        return null;
    }

    /** The proof that the request was understood (RFC 6455, 4.2.2). */
    static String accept(HttpRequest request) {
        String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY) + KEY_SUFFIX;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The first sub-protocol that the client offers and we speak, or null. */
    static @Nullable String subProtocol(HttpRequest request) {
        for (String offered : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String name : offered.split(",", -1)) {
                if (SUB_PROTOCOLS.contains(name.trim())) {
                    return name.trim();
                }
            }
        }
        return null;
    }

    private static FullHttpResponse notGet() {
        FullHttpResponse answer =
                HttpAnswers.problem(TransportFault.HANDSHAKE_NOT_GET, "A WebSocket handshake is a GET.");
        answer.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
        return answer;
    }

    private static FullHttpResponse bad(String reason) {
        return HttpAnswers.problem(TransportFault.INVALID_HANDSHAKE, reason);
    }

    private static FullHttpResponse upgradeRequired(String reason) {
        FullHttpResponse answer = HttpAnswers.problem(TransportFault.UPGRADE_REQUIRED, reason);
        answer.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
        return answer;
    }
}
