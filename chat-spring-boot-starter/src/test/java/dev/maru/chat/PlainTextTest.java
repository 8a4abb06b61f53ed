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
    @CsvSource({"민수,민수", "' Jane ',Jane", "\u1106\u1175\u11AB,민", "\uD83D\uDE00,\uD83D\uDE00", "a\u200Db,a\u200Db"})
    void keepsNamesInOneForm(String raw, String name) {
        assertThat(PlainText.name(raw, 5)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"a\u0000b,a\uFFFDb", "x\uD83D,x\uFFFD"})
    void replacesWhatNoStoreCanHoldInTexts(String raw, String kept) {
        assertThat(PlainText.normalize(raw)).isEqualTo(kept);
    }
}
