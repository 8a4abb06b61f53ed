package dev.maru.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.transport.sockjs.SockJsRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final WebSocketEndpoint sockJs =
            WebSocketEndpoint.at("/ws", "/ws/chat").withSockJs();
    private final WebSocketEndpoint plain = WebSocketEndpoint.at("/plain");
    private final Routes routes = new Routes(List.of(plain, sockJs));

    @Test
    void findsAnEndpointAndItsAlias() {
        assertThat(routes.find("/ws")).isEqualTo(new Route(sockJs, SockJsRequest.GREETING));
        assertThat(routes.find("/ws/chat")).isEqualTo(new Route(sockJs, SockJsRequest.GREETING));
        assertThat(routes.find("/ws/info")).isEqualTo(new Route(sockJs, SockJsRequest.INFO));
        assertThat(routes.find("/ws/chat/info")).isEqualTo(new Route(sockJs, SockJsRequest.INFO));
        assertThat(routes.find("/ws/chat/websocket")).isEqualTo(new Route(sockJs, SockJsRequest.PLAIN_WEBSOCKET));
        assertThat(routes.find("/ws/chat/1/2/websocket")).isEqualTo(new Route(sockJs, SockJsRequest.WEBSOCKET));
        assertThat(routes.find("/ws/chat/2/websocket")).isEqualTo(new Route(sockJs, SockJsRequest.WEBSOCKET));
    }

    @Test
    void takesNothingUnderAnEndpointWithoutSockJs() {
        assertThat(routes.find("/plain")).isEqualTo(new Route(plain, SockJsRequest.PLAIN_WEBSOCKET));
        assertThat(routes.find("/plain/")).isNull();
        assertThat(routes.find("/plain/info")).isNull();
    }

    @Test
    void takesEverythingUnderASockJsBase() {
        assertThat(routes.find("/ws/0/0/poll")).isEqualTo(new Route(sockJs, SockJsRequest.UNKNOWN));
    }

    @Test
    void leavesOtherPathsAlone() {
        assertThat(routes.find("/")).isNull();
        assertThat(routes.find("/wsx")).isNull();
        assertThat(routes.find("/api/ws")).isNull();
    }

    @Test
    void looksAtThePathOnly() {
        assertThat(Routes.path("/ws?token=/plain")).isEqualTo("/ws");
        assertThat(Routes.path("/ws")).isEqualTo("/ws");
    }
}
