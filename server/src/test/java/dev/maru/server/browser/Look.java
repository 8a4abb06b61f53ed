package dev.maru.server.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;

/**
 * What a person's browser is like.
 *
 * <p>Immutable; safe for any thread.
 *
 * @param locale a BCP 47 tag: what {@code navigator.language} and {@code Accept-Language} say
 * @param width of the page's area, in CSS pixels
 * @param height of the page's area, in CSS pixels
 * @param touch whether the screen is touched, as on a phone
 * @param dark whether the person prefers a dark screen
 */
public record Look(String locale, int width, int height, boolean touch, boolean dark) {

    /** A wide window in English and in daylight. */
    public static final Look DESKTOP = new Look("en-US", 1440, 900, false, false);

    /** A phone held upright, in English and in daylight. */
    public static final Look PHONE = new Look("en-US", 390, 844, true, false);

    public Look korean() {
        return new Look("ko-KR", width, height, touch, dark);
    }

    public Look inTheDark() {
        return new Look(locale, width, height, touch, true);
    }

    NewContextOptions options() {
        return new NewContextOptions()
                .setLocale(locale)
                .setTimezoneId("Asia/Seoul")
                .setViewportSize(width, height)
                .setHasTouch(touch)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
    }
}
