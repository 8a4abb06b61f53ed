package dev.maru.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.maru.transport.http.TrustedProxies.Source;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.1"));

    @Test
    void believesNobodyElse() {
        Source source = source("203.0.113.9", Map.of("x-forwarded-for", "198.51.100.7", "x-forwarded-host", "evil"));
        assertThat(source).isEqualTo(new Source(new InetSocketAddress("203.0.113.9", 4711), null, null));
        assertThat(TrustedProxies.NONE.trusts(new InetSocketAddress("127.0.0.1", 1)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7                | 198.51.100.7",
                "1.1.1.1, 198.51.100.7       | 198.51.100.7",
                "198.51.100.7, 10.1.1.1      | 198.51.100.7",
                "10.1.1.1, 10.2.2.2          | 10.1.1.1",
                "198.51.100.7, unknown       | 10.0.0.5",
                "198.51.100.7, evil.example  | 10.0.0.5",
                "198.51.100.7:1234           | 198.51.100.7",
                "2001:db8::1                 | 2001:db8::1",
                "[2001:db8::1]:80            | 2001:db8::1",
                "198.51.100.7, fd00::1       | 198.51.100.7",
            })
    void takesForTheClientWhoeverIsRightmostAndNoProxy(String header, String client) {
        InetSocketAddress address = (InetSocketAddress)
                source("10.0.0.5", Map.of("x-forwarded-for", header)).address();
        assertThat(address.getAddress()).isEqualTo(new InetSocketAddress(client, 0).getAddress());
    }

    @Test
    void readsTheSchemeAndTheHostThatTheNearestProxySaw() {
        Source source = source(
                "192.0.2.1", Map.of("x-forwarded-proto", "http, HTTPS", "x-forwarded-host", "chat.example.org:8443"));
        assertThat(source.scheme()).isEqualTo("https");
        assertThat(source.host()).isEqualTo("chat.example.org:8443");
        assertThat(source("192.0.2.1", Map.of("x-forwarded-proto", "gopher")).scheme())
                .isNull();
    }

    @Test
    void readsForwardedWhereNothingElseIsSaid() {
        String header = "for=1.1.1.1, for=\"[2001:db8::1]:4711\";proto=https;host=chat.example.org";
        Source source = source("10.0.0.5", Map.of("forwarded", header));
        assertThat(((InetSocketAddress) source.address()).getAddress())
                .isEqualTo(new InetSocketAddress("2001:db8::1", 0).getAddress());
        assertThat(source.scheme()).isEqualTo("https");
        assertThat(source.host()).isEqualTo("chat.example.org");
        Source both = source("10.0.0.5", Map.of("forwarded", "host=evil.example", "x-forwarded-for", "1.1.1.1"));
        assertThat(both.host()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0/8/1", "10.0.0.0/x", "::/129"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> TrustedProxies.of(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Source source(String peer, Map<String, String> headers) {
        return PROXIES.source(
                new InetSocketAddress(peer, 4711),
                name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of());
    }
}
