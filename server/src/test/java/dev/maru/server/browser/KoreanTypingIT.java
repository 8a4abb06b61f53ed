package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.maru.server.support.ServerProcess;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Enter while the last Hangul syllable is still being composed, in the orders in which platforms report it: it sends the
 * whole text once and leaves the box empty.
 */
@InChromium
class KoreanTypingIT {

    @Test
    void sendsOnceWhenTheInputMethodTakesEnter(Browsers browsers, ServerProcess server) {
        sendsOnce(browsers, server, keyboard -> keyboard.takesEnter().commits("녕"));
    }

    @Test
    void sendsOnceWhenTheInputMethodHandsEnterOnAfterTheCommit(Browsers browsers, ServerProcess server) {
        sendsOnce(
                browsers, server, keyboard -> keyboard.takesEnter().commits("녕").handsOnEnter());
    }

    @Test
    void sendsOnceWhenAPlainEnterComesBeforeTheCommit(Browsers browsers, ServerProcess server) {
        sendsOnce(browsers, server, keyboard -> keyboard.handsOnEnter().commits("녕"));
    }

    @Test
    void sendsOnceWhenThePlainEnterComesAfterTheCommit(Browsers browsers, ServerProcess server) {
        sendsOnce(browsers, server, keyboard -> keyboard.commits("녕").handsOnEnter());
    }

    @Test
    void leavesEnterToAnInputMethodForKanaAndHan(Browsers browsers, ServerProcess server) {
        Room room = Room.named(server, "Kitchen");
        Person yuki = Person.enters(browsers.page(Look.DESKTOP), room, "ゆき");
        yuki.composer().focus();
        Keyboard keyboard = new Keyboard(yuki.page());
        keyboard.composes("に", "にほ", "にほん", "日本").takesEnter().commits("日本");
        assertThat(yuki.composer()).hasValue("日本");
        assertThat(yuki.texts()).hasCount(0);
        keyboard.handsOnEnter();
        yuki.sees("日本");
    }

    private static void sendsOnce(Browsers browsers, ServerProcess server, Consumer<Keyboard> enter) {
        Room room = Room.named(server, "Kitchen");
        Person minsu = Person.enters(browsers.page(Look.DESKTOP.korean()), room, "민수");
        Person jane = Person.enters(browsers.page(Look.DESKTOP), room, "Jane");
        minsu.composer().focus();
        Keyboard keyboard = new Keyboard(minsu.page());

        enter.accept(keyboard.composes("ㅇ", "아", "안").commits("안").composes("ㄴ", "녀", "녕"));
        jane.sees("안녕");
        assertThat(minsu.composer()).hasValue("");

        enter.accept(keyboard.composes("ㄴ", "녀", "녕"));
        jane.sees("안녕", "녕");
        assertThat(minsu.composer()).hasValue("");
        minsu.sees("안녕", "녕");
        assertThat(room.texts()).containsExactly("안녕", "녕");
    }
}
