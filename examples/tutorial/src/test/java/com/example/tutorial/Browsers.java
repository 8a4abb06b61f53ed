package com.example.tutorial;

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

/** The Chromium that is installed; each page is in a browser of its own. Confined to the test's thread. */
final class Browsers implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final Browser chromium;

    Browsers() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(
                                installed().orElseThrow(() -> new IllegalStateException("no Chromium on the PATH")))
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
    }

    Page open(String address) {
        Page page = chromium.newContext().newPage();
        page.navigate(address);
        return page;
    }

    void closePages() {
        chromium.contexts().forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** The first Chromium on the PATH. */
    static Optional<Path> installed() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
