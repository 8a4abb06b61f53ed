package dev.maru.testkit.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium that is installed, running.
 *
 * <p>Confined to the thread that launched it, as Playwright is.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of("--no-sandbox", "--disable-dev-shm-usage");
    private static final double PATIENCE_MILLIS = 45_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable, List<String> flags) {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(executable).setArgs(flags));
    }

    /**
     * Starts it. Assertions about its pages are patient from then on.
     *
     * @param furtherFlags of its command line
     * @throws IllegalStateException if none is installed
     */
    public static Chromium launch(String... furtherFlags) {
        Path executable = find().orElseThrow(() -> new IllegalStateException("no Chromium on the PATH"));
        return new Chromium(
                executable,
                Stream.concat(FLAGS.stream(), Arrays.stream(furtherFlags)).toList());
    }

    /** The first Chromium on the PATH. */
    public static Optional<Path> find() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Browser browser() {
        return browser;
    }

    /** A page at this address in a new person's browser. */
    public Page open(String address) {
        Page page = browser.newContext().newPage();
        page.navigate(address);
        return page;
    }

    /** Closes all pages of all people. */
    public void closePages() {
        browser.contexts().forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
