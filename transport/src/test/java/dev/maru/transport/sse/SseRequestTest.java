package dev.maru.transport.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.maru.engine.fault.Refusal;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseRequestTest {
    private final HttpHeaders headers = new DefaultHttpHeaders();

    @Test
    void readsTheQuery() {
        assertThat(SseRequest.of("/sse?destination=%2Ftopic%2Fpublic&since=a-1&last=5&ticket=t&more=x", headers))
                .isEqualTo(new SseRequest("/topic/public", "a-1", "5", "t"));
        assertThat(SseRequest.of("/sse?destination=/topic/public", headers))
                .isEqualTo(new SseRequest("/topic/public", null, null, null));
    }

    @Test
    void goesOnFromWhereTheBrowserIs() {
        headers.set("last-event-id", "a-7");

        assertThat(SseRequest.of("/sse?destination=/a&since=a-1", headers).since())
                .isEqualTo("a-7");
    }

    @Test
    void asksForAReceiptSoThatALossIsTold() {
        assertThat(new SseRequest("/a", "a-1", "5", "t").subscribe().toString())
                .isEqualTo("[id, sse, destination, /a, receipt, sse, since, a-1, last, 5]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sse",
                "/sse?",
                "/sse?destination",
                "/sse?destination=",
                "/sse?destination=/a&destination=/b",
                "/sse?destination=%zz",
                "/sse?destination=%2",
                "/sse?destination=/a&ticket=a&ticket=b"
            })
    void refusesWhatIsNoRequest(String uri) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> SseRequest.of(uri, headers));
    }

    @Test
    void refusesWhatIsTooLong() {
        String uri = "/sse?destination=/" + "x".repeat(1024);
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> SseRequest.of(uri, headers));
        headers.set("last-event-id", "x".repeat(1025));
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> SseRequest.of("/sse?destination=/a", headers));
    }
}
