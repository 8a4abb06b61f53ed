package dev.maru.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowedOriginsTest {

    @Test
    void letsThoseInThatSendNone() {
        assertThat(AllowedOrigins.same().allow(null, "http", "chat.example.org"))
                .isTrue();
    }

    @Test
    void letsPagesOfTheServersOwnOriginIn() {
        assertThat(same("http://localhost:8080", "http", "localhost:8080")).isTrue();
        assertThat(same("http://Chat.Example.org", "http", "chat.example.ORG")).isTrue();
        assertThat(same("http://chat.example.org", "http", "chat.example.org:80"))
                .isTrue();
        assertThat(same("https://chat.example.org:443", "https", "chat.example.org"))
                .isTrue();
        assertThat(same("http://[::1]:8080", "http", "[::1]:8080")).isTrue();
        assertThat(same("http://[::1]", "http", "[::1]:80")).isTrue();
    }

    @Test
    void keepsPagesOfOtherOriginsOut() {
        assertThat(same("https://chat.example.org", "http", "chat.example.org")).isFalse();
        assertThat(same("http://chat.example.org:8080", "http", "chat.example.org"))
                .isFalse();
        assertThat(same("http://evil.example.org", "http", "chat.example.org")).isFalse();
        assertThat(same("http://chat.example.org.evil", "http", "chat.example.org"))
                .isFalse();
        assertThat(same("null", "http", "chat.example.org")).isFalse();
        assertThat(same("", "http", "chat.example.org")).isFalse();
        assertThat(AllowedOrigins.same().allow("http://a", "http", null)).isFalse();
    }

    @Test
    void letsExactOriginsIn() {
        assertThat(allowed("https://a.example.org", "https://A.example.org")).isTrue();
        assertThat(allowed("https://a.example.org", "https://a.example.org:8443"))
                .isFalse();
        assertThat(allowed("https://a.example.org", "http://a.example.org")).isFalse();
        assertThat(allowed("https://a.example.org", "https://axexample.org")).isFalse();
    }

    @Test
    void letsPatternsIn() {
        assertThat(allowed("https://*.example.org", "https://chat.example.org")).isTrue();
        assertThat(allowed("https://*.example.org", "https://a.b.example.org")).isTrue();
        assertThat(allowed("https://*.example.org", "https://example.org")).isFalse();
        assertThat(allowed("https://*.example.org", "https://chat.example.org.evil"))
                .isFalse();
        assertThat(allowed("http://localhost:*", "http://localhost:3000")).isTrue();
        assertThat(allowed("*", "http://anywhere")).isTrue();
        assertThat(allowed("*", "null")).isTrue();
    }

    @Test
    void letsListedPortsIn() {
        assertThat(allowed("https://example.org:[8080,8443]", "https://example.org:8443"))
                .isTrue();
        assertThat(allowed("https://example.org:[8080,8443]", "https://example.org"))
                .isFalse();
        assertThat(allowed("https://example.org:[*]", "https://example.org")).isTrue();
        assertThat(allowed("https://example.org:[*]", "https://example.org:1")).isTrue();
        assertThat(allowed("https://example.org:[*]", "https://example.org.evil:1"))
                .isFalse();
    }

    private static boolean same(String origin, String scheme, String host) {
        return AllowedOrigins.same().allow(origin, scheme, host);
    }

    private static boolean allowed(String pattern, String origin) {
        return AllowedOrigins.of(pattern).allow(origin, "http", "localhost:8080");
    }
}
