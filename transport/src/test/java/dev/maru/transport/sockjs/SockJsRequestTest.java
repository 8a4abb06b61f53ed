package dev.maru.transport.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
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

    @Test
    void knowsTheTransportsOverHttp() {
        for (SockJsRequest request : SockJsRequest.values()) {
            String path = "/000/abc/" + request.name().toLowerCase(Locale.ROOT);
            assertThat(request.overHttp()).isEqualTo(request.receives() != null || request.sends());
            if (request.overHttp()) {
                assertThat(SockJsRequest.of(path)).isEqualTo(request);
            }
        }
        assertThat(SockJsRequest.of("/iframe-1.6.1.html")).isEqualTo(SockJsRequest.IFRAME);
        assertThat(SockJsRequest.session("/any/base/000/a%20b/xhr")).isEqualTo("a%20b");
    }

    @Test
    void takesNoIdThatIsLongerThanAnyClientMakes() {
        assertThat(SockJsRequest.of("/000/" + "a".repeat(128) + "/xhr")).isEqualTo(SockJsRequest.XHR);
        assertThat(SockJsRequest.of("/000/" + "a".repeat(129) + "/xhr")).isEqualTo(SockJsRequest.UNKNOWN);
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
                "/a/a/XHR",
                "/a/a/xhr/",
                "/a/a/xhr_sent",
                "/iframe.htm",
                "/info/"
            })
    void knowsNothingElse(String rest) {
        assertThat(SockJsRequest.of(rest)).isEqualTo(SockJsRequest.UNKNOWN);
    }
}
