package dev.maru.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorTest {
    private final FrontDoor thisComputer = door(null, null);
    private final FrontDoor open = door("open", null);
    private final FrontDoor published = door("open", "https://chat.example.org");

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "LOCALHOST", "127.0.0.1:1", "127.9.9.9", "[::1]:80", "a.localhost"
            })
    void admitsLoopbackNamesWhereverItListens(String host) {
        assertThat(thisComputer.admitsHost(host)).isTrue();
        assertThat(open.admitsHost(host)).isTrue();
        assertThat(published.admitsHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "192.168.0.7",
                "localhost.evil.example",
                "127.0.0.1.evil.example"
            })
    void refusesOtherNamesOnLoopback(String host) {
        assertThat(thisComputer.admitsHost(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "user@localhost", "localhost:99999999", "localhost/", "[::1", "localhost:8080:1"})
    void refusesWhatIsNoHost(String host) {
        assertThat(thisComputer.admitsHost(host)).isFalse();
        assertThat(open.admitsHost(host)).isFalse();
    }

    @Test
    void refusesARequestWithoutAHost() {
        assertThat(open.admitsHost(null)).isFalse();
    }

    @Test
    void admitsAnyHostWhenOpenAndUnpublished() {
        assertThat(open.admitsHost("chat_server:8080")).isTrue();
        assertThat(open.admitsHost("192.168.0.7:8080")).isTrue();
    }

    @Test
    void admitsOnlyThePublicHostWhenPublished() {
        assertThat(published.admitsHost("chat.example.org")).isTrue();
        assertThat(published.admitsHost("Chat.Example.org:443")).isTrue();
        assertThat(published.admitsHost("chat.example.org:8080")).isFalse();
        assertThat(published.admitsHost("other.example.org")).isFalse();
    }

    @Test
    void admitsClientsThatAreNoBrowsers() {
        assertThat(thisComputer.admitsOrigin(null, "localhost:8080")).isTrue();
    }

    @Test
    void admitsItsOwnPages() {
        assertThat(thisComputer.admitsOrigin("http://localhost:8080", "localhost:8080"))
                .isTrue();
        assertThat(open.admitsOrigin("http://192.168.0.7:8080", "192.168.0.7:8080"))
                .isTrue();
        assertThat(open.admitsOrigin("https://chat.example.org", "chat.example.org"))
                .isTrue();
        assertThat(published.admitsOrigin("https://chat.example.org", "chat.example.org"))
                .isTrue();
        assertThat(published.admitsOrigin("http://localhost:8080", "localhost:8080"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://localhost",
                "http://localhost:3000",
                "http://127.0.0.1:8080",
                "http://localhost:8080.evil.example",
                "http://evil.example:8080",
                "localhost:8080",
                "http://user@localhost:8080"
            })
    void refusesForeignPages(String origin) {
        assertThat(thisComputer.admitsOrigin(origin, "localhost:8080")).isFalse();
    }

    @Test
    void refusesPagesThatWereLoadedWithoutThePublicScheme() {
        assertThat(published.admitsOrigin("http://chat.example.org", "chat.example.org:80"))
                .isFalse();
    }

    @Test
    void admitsAllowedOriginsAndPatterns() {
        FrontDoor door = new FrontDoor(new AccessSettings(
                "open", null, List.of("https://partner.example", "https://*.example.org", "http://localhost:*")));
        assertThat(door.admitsOrigin("https://partner.example", "chat.local")).isTrue();
        assertThat(door.admitsOrigin("https://a.b.example.org", "chat.local")).isTrue();
        assertThat(door.admitsOrigin("http://localhost:3000", "chat.local")).isTrue();
        assertThat(door.admitsOrigin("https://partner.example:444", "chat.local"))
                .isFalse();
        assertThat(door.admitsOrigin("https://example.org", "chat.local")).isFalse();
        assertThat(door.admitsOrigin("https://evil/.example.org", "chat.local")).isFalse();
    }

    private static FrontDoor door(String access, String publicUrl) {
        return new FrontDoor(new AccessSettings(access, publicUrl == null ? null : URI.create(publicUrl), List.of()));
    }
}
