package dev.maru.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The browsers of one test: each person gets a profile of their own, without cookies or storage of another's. All are
 * closed after the test. A script error that no page caught fails the test; a test that fails leaves a picture of every
 * open page in {@code target/browser}.
 *
 * <p>Confined to the test's thread.
 */
public final class Browsers {

    private final Browser browser;
    private final List<BrowserContext> profiles = new ArrayList<>();
    private final List<String> scriptErrors = new ArrayList<>();

    Browsers(Browser browser) {
        this.browser = browser;
    }

    /** A new person's browser; its pages share storage, as the tabs of one window do. */
    public BrowserContext profile(Look look) {
        BrowserContext profile = browser.newContext(look.options());
        profile.onWebError(error -> scriptErrors.add(error.error()));
        profiles.add(profile);
        return profile;
    }

    /** An empty page in a new person's browser. */
    public Page page(Look look) {
        return profile(look).newPage();
    }

    void photograph(Path folder, String test) {
        int number = 0;
        for (BrowserContext profile : profiles) {
            for (Page page : profile.pages()) {
                page.screenshot(new ScreenshotOptions().setPath(folder.resolve(test + "-" + ++number + ".png")));
            }
        }
    }

    /** Whether a script error has been seen that nobody caught. */
    boolean sawScriptErrors() {
        return !scriptErrors.isEmpty();
    }

    /** Closes all profiles; returns the script errors that nobody caught, once. */
    List<String> close() {
        profiles.forEach(BrowserContext::close);
        profiles.clear();
        List<String> seen = List.copyOf(scriptErrors);
        scriptErrors.clear();
        return seen;
    }
}
