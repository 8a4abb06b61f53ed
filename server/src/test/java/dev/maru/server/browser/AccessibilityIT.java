package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.maru.server.support.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** axe, which judges by the rules of WCAG, finds nothing to object to on any screen. */
@InChromium
class AccessibilityIT {

    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String FINDINGS = """
            async () => (await axe.run()).violations.flatMap(violation =>
                violation.nodes.map(node => `${violation.id}: ${node.html} ${node.failureSummary}`))""";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isFreeOfFindingsOnAWideScreen(boolean dark, Browsers browsers, ServerProcess server) {
        walk(dark ? Look.DESKTOP.inTheDark() : Look.DESKTOP, browsers, server);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isFreeOfFindingsOnAPhone(boolean dark, Browsers browsers, ServerProcess server) {
        Look phone = Look.PHONE.korean();
        walk(dark ? phone.inTheDark() : phone, browsers, server);
    }

    @Test
    void isFreeOfFindingsInEveryDialog(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        for (String opener : new String[] {".plus", ".jump", ".people", ".me"}) {
            minsu.page().locator(opener).click();
            assertThat(minsu.page().locator("dialog")).isVisible();
            assertNothingFound(minsu.page());
            minsu.page().keyboard().press("Escape");
            assertThat(minsu.page().locator("dialog")).hasCount(0);
        }
    }

    private static void walk(Look look, Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Page page = browsers.page(look);
        page.navigate(room.address());
        assertThat(page.locator("#nickname")).isVisible();
        assertNothingFound(page);

        Person minsu = new Person(page);
        minsu.givesName("민수");
        minsu.isConnected();
        assertNothingFound(page);

        room.hears("Jane", "See https://example.org and\n안녕하세요");
        minsu.says("Hello");
        assertThat(minsu.texts()).hasCount(2);
        Room.named(server, "Garden").hears("Jane", "unread");
        assertThat(page.locator(".rooms .count").first()).isAttached();
        assertNothingFound(page);
    }

    private static void assertNothingFound(Page page) {
        page.evaluate(axe());
        assertThat((List<?>) page.evaluate(FINDINGS)).isEmpty();
    }

    private static String axe() {
        try (InputStream script = AccessibilityIT.class.getClassLoader().getResourceAsStream(AXE)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; undefined";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
