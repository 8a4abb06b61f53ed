package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import dev.maru.server.support.ServerProcess;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on other screens than a wide one in English by daylight. */
@InChromium
class ScreensIT {

    private static final String LONG_WORD = "https://example.org/" + "a".repeat(300);
    private static final String BRIGHTNESS = """
            selector => {
                const [red, green, blue] = getComputedStyle(document.querySelector(selector)).color.match(/[\\d.]+/g);
                return (Number(red) + Number(green) + Number(blue)) / 3;
            }""";

    @Test
    void fitsAPhone(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "W".repeat(80));
        Page page = browsers.page(Look.PHONE);
        page.navigate(room.address());
        assertFits(page);
        Person minsu = new Person(page);
        minsu.givesName("i".repeat(40));
        minsu.isConnected();
        minsu.says(LONG_WORD);
        minsu.says("다음 줄");
        minsu.sees(LONG_WORD, "다음 줄");
        assertFits(page);
        assertThat(minsu.composer()).isInViewport(new IsInViewportOptions().setRatio(1));
        assertThat(minsu.message("다음 줄")).isInViewport();

        page.locator(".back").click();
        assertThat(page).hasURL(room.origin() + "/");
        assertThat(minsu.roomLink(room)).isInViewport();
        assertFits(page);
        minsu.roomLink(room).click();
        assertThat(minsu.composer()).isInViewport(new IsInViewportOptions().setRatio(1));
    }

    @Test
    void saysOnAPhoneHowManyAreHere(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "모두가 함께 쓰는 부엌과 텃밭 이야기");
        Person minsu = Person.enters(browsers.page(Look.PHONE), room, "민수");
        Person.enters(browsers.page(Look.PHONE), room, "Jane");
        Person.enters(browsers.page(Look.PHONE.korean()), room, "유나");
        assertThat(minsu.people()).hasText("3 here together");
        assertThat((Boolean) minsu.people().evaluate("words => words.scrollWidth <= words.clientWidth"))
                .isTrue();
        assertThat(minsu.people()).isInViewport(new IsInViewportOptions().setRatio(1));
        assertFits(minsu.page());
    }

    @Test
    void isDarkForThoseWhoPreferIt(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person byDay = Person.enters(browsers.page(Look.DESKTOP), room, "민수");
        Person byNight = Person.enters(browsers.page(Look.DESKTOP.inTheDark()), room, "Jane");
        assertThat(brightness(byDay)).isLessThan(90);
        assertThat(brightness(byNight)).isGreaterThan(160);
    }

    @Test
    void speaksTheReadersLanguageAndChangesItWhenAsked(Browsers browsers, ServerProcess server) {
        Room lobby = Room.lobby(server);
        Page page = browsers.page(Look.DESKTOP.korean());
        page.navigate(lobby.address());
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        assertThat(page.locator("h1")).hasText("어서 오세요");
        Person minsu = new Person(page);
        minsu.givesName("언어 민수");
        assertThat(minsu.heading()).hasText("대청마루");
        assertThat(minsu.composer()).hasAttribute("placeholder", "대청마루에 쓰기");
        assertThat(page).hasTitle(Pattern.compile("대청마루 · 마루$"));

        page.locator(".me").click();
        page.locator("dialog [lang=en]").click();
        page.keyboard().press("Escape");
        assertThat(minsu.heading()).hasText("Lobby");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(minsu.composer()).hasAttribute("placeholder", "Write in Lobby");
    }

    private static void assertFits(Page page) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(page.viewportSize().width);
    }

    private static double brightness(Person person) {
        return ((Number) person.page().evaluate(BRIGHTNESS, ".head h1")).doubleValue();
    }
}
