package dev.maru.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {
    private static final String PLAIN = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate;client_max_window_bits=8",
                "permessage-deflate; client_max_window_bits=\"15\" ; server_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "x-webkit-deflate-frame, permessage-deflate",
                "permessage-deflate; strange, permessage-deflate"
            })
    void agreesToKeepNothingBetweenMessages(String offer) {
        assertThat(answer(offer)).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x-webkit-deflate-frame",
                "Permessage-Deflate",
                "permessage-deflate; strange",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_max_window_bits=7",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=010",
                "permessage-deflate; client_max_window_bits=99999999999",
                "permessage-deflate; ; client_max_window_bits",
                "permessage-deflate; client_max_window_bits=\"8"
            })
    void declinesOffersThatItDoesNotUnderstand(String offer) {
        assertThat(answer(offer)).isNull();
    }

    @Test
    void confirmsTheWindowThatTheClientAsksFor() {
        assertThat(answer("permessage-deflate; server_max_window_bits=9"))
                .isEqualTo(PLAIN + "; server_max_window_bits=9");
        assertThat(DeflateOffer.firstIn(request("permessage-deflate; server_max_window_bits=9"))
                        .takesTheUsualWindow())
                .isFalse();
        assertThat(DeflateOffer.firstIn(request("permessage-deflate; server_max_window_bits=15"))
                        .takesTheUsualWindow())
                .isTrue();
    }

    @Test
    void takesTheFirstOfferOfSeveralHeaders() {
        HttpRequest request = request("foo, permessage-deflate; server_max_window_bits=10");
        request.headers().add("Sec-WebSocket-Extensions", "permessage-deflate");
        assertThat(DeflateOffer.firstIn(request).serverWindowBits()).isEqualTo(10);
    }

    @Test
    void looksAtSoManyOffersOnly() {
        assertThat(answer("foo,".repeat(20) + "permessage-deflate")).isNull();
    }

    private static String answer(String offer) {
        DeflateOffer found = DeflateOffer.firstIn(request(offer));
        return found == null ? null : found.answer();
    }

    private static HttpRequest request(String offer) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/ws");
        request.headers().set("Sec-WebSocket-Extensions", offer);
        return request;
    }
}
