package dev.maru.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u00A0",
                "\u200B",
                "\u3164",
                "\u115F\u1160",
                "\uFFA0",
                "\u2800",
                "a\u0000",
                "a\u0007b",
                "a\nb",
                "a\u2028b",
                "a\uD800",
                "\uDE00a",
                "a\u202Eb",
                "\u2067a\u2069",
                "123456"
            })
    void takesNoNameThatCannotBeSeenOrHasWhatItMayNotHave(String raw) {
        assertThat(PlainText.name(raw, 5)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"민수,민수", "' Jane ',Jane", "\u1106\u1175\u11AB,민", "\uD83D\uDE00,\uD83D\uDE00"})
    void keepsNamesInOneForm(String raw, String name) {
        assertThat(PlainText.name(raw, 5)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "Ja\u200Bne,Jane",
        "\uFEFFJane,Jane",
        "Ja\u2060ne,Jane",
        "Ja\u00ADne,Jane",
        "Ja\u200D\u200Cne,Jane",
        "Jane\u200F,Jane",
        "Jane1\uFE0F,Jane1",
        "Jane\uDB40\uDC61,Jane",
        "Jane\uDB40\uDD00,Jane",
        "민\u200C수,민수",
        "민\u3164수,민수",
        "e\u200B\u0301,\u00E9",
    })
    void takesOutOfNamesWhatNobodySees(String raw, String name) {
        assertThat(PlainText.name(raw, 10)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC69\u200D\uD83D\uDCBB",
                "\uD83D\uDC69\uD83C\uDFFD\u200D\u2764\uFE0F\u200D\uD83D\uDC69",
                "\u2764\uFE0F",
                "1\uFE0F\u20E3",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
                "\u0915\u094D\u200D\u0937",
                "\u0600\u0661"
            })
    void keepsInNamesWhatChangesHowTheyLook(String name) {
        assertThat(PlainText.name(name, 20)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"a\u0000b,a\uFFFDb", "x\uD83D,x\uFFFD"})
    void replacesWhatNoStoreCanHoldInTexts(String raw, String kept) {
        assertThat(PlainText.normalize(raw)).isEqualTo(kept);
    }
}
