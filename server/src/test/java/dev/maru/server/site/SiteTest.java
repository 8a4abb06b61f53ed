package dev.maru.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTest {
    private final SiteFile index = file("/index.html", "<!doctype html>");
    private final SiteFile script = file("/assets/main-7QK2ABCD.js", "x".repeat(1000));
    private final Site site = new Site(Map.of("/index.html", index, "/assets/main-7QK2ABCD.js", script));

    @Test
    void showsItsOnePageUnderEveryAddressOfThePage() {
        assertThat(site.find("/")).contains(index);
        assertThat(site.find("/rooms/lobby")).contains(index);
        assertThat(site.find("/index.html")).contains(index);
        assertThat(site.find("/rooms/a/b")).isEmpty();
        assertThat(site.find("/api/rooms")).isEmpty();
        assertThat(site.find("/assets/main.js")).isEmpty();
    }

    @Test
    void keepsForEverOnlyWhatCarriesItsHash() {
        assertThat(script.lasting()).isTrue();
        assertThat(index.lasting()).isFalse();
        assertThat(file("/sw.js", "").lasting()).isFalse();
        assertThat(file("/icon-512.png", "").lasting()).isFalse();
    }

    @Test
    void compressesWhereItPays() {
        assertThat(script.gzip())
                .hasValueSatisfying(bytes -> assertThat(bytes.length).isLessThan(1000));
        assertThat(index.gzip()).isEmpty();
        assertThat(file("/icon.png", "x".repeat(1000)).gzip()).isEmpty();
    }

    @Test
    void tagsFilesByTheirContent() {
        assertThat(file("/a.js", "1").tag()).isEqualTo(file("/b.js", "1").tag());
        assertThat(file("/a.js", "1").tag()).isNotEqualTo(file("/a.js", "2").tag());
    }

    @Test
    void saysThatTextIsUtf8() {
        assertThat(index.type()).hasToString("text/html;charset=UTF-8");
        assertThat(script.type()).hasToString("text/javascript;charset=UTF-8");
    }

    private static SiteFile file(String path, String content) {
        return SiteFile.of(path, content.getBytes(StandardCharsets.UTF_8));
    }
}
