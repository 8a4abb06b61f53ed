package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockJsRequestTest {

    @Test
    void knowsThePathsOfTheProtocol() {
        assertThat(SockJsRequest.of("")).isEqualTo(SockJsRequest.GREETING);
        assertThat(SockJsRequest.of("/")).isEqualTo(SockJsRequest.GREETING);
        assertThat(SockJsRequest.of("/info")).isEqualTo(SockJsRequest.INFO);
        assertThat(SockJsRequest.of("/websocket")).isEqualTo(SockJsRequest.PLAIN_WEBSOCKET);
        assertThat(SockJsRequest.of("/000/abc/websocket")).isEqualTo(SockJsRequest.WEBSOCKET);
        assertThat(SockJsRequest.of("/_/abcdefgh_i-j%20/websocket")).isEqualTo(SockJsRequest.WEBSOCKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "///",
                "/a",
                "/a/a",
                "/a/a/",
                "//a/websocket",
                "/a//websocket",
                "/a./a/websocket",
                "/a/a./websocket",
                "/./././websocket",
                "/a/a/websocket/",
                "/a/a/a/websocket",
                "/a/a/xhr",
                "/a/a/xhr_streaming",
                "/a/a/eventsource",
                "/iframe.html",
                "/info/"
            })
    void knowsNothingElse(String rest) {
        assertThat(SockJsRequest.of(rest)).isEqualTo(SockJsRequest.UNKNOWN);
    }
}
