package com.example.videocall;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Page;
import dev.maru.testkit.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Two pages in Chromium call each other, with the cameras that Chromium makes up. */
class VideoCallIT {

    /** Pictures go on arriving, and they are not black: the made-up camera shows green with a clock. */
    private static final String SEES_THE_OTHER = """
            () => {
                const video = document.getElementById('remote');
                if (video.videoWidth === 0 || video.getVideoPlaybackQuality().totalVideoFrames < 20) {
                    return false;
                }
                const canvas = document.createElement('canvas');
                canvas.width = canvas.height = 1;
                const context = canvas.getContext('2d');
                context.drawImage(video, 0, 0, 1, 1);
                const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
                return red + green + blue > 60;
            }
            """;

    private static ConfigurableApplicationContext application;
    private static Chromium browsers;

    @BeforeAll
    static void start() {
        if (Chromium.find().isEmpty() && !"true".equals(System.getenv("CI"))) {
            System.err.println("SKIPPED: VideoCallIT needs Chromium, which is not installed");
            abort("no Chromium");
        }
        application = SpringApplication.run(VideoCallApplication.class, "--server.port=0");
        browsers = Chromium.launch(
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                // Browsers hide the addresses of a machine without a network from each other.
                "--allow-loopback-in-peer-connection",
                "--disable-features=WebRtcHideLocalIpsWithMdns");
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            browsers.close();
            application.close();
        }
    }

    @AfterEach
    void closePages() {
        browsers.closePages();
    }

    @Test
    void seeEachOtherUntilOneHangsUpAndCallAgain() {
        Page jane = comeIn("Jane");
        Page minsu = comeIn("민수");

        call(jane, "민수");
        talking(jane, "민수");
        talking(minsu, "Jane");
        minsu.click("#hang-up");
        assertThat(minsu.locator("#state")).hasText("You hung up");
        assertThat(jane.locator("#state")).hasText("민수 hung up");
        for (Page page : new Page[] {jane, minsu}) {
            page.waitForFunction("() => !document.getElementById('remote').srcObject"
                    + " && !document.getElementById('local').srcObject");
            assertThat(page.locator("#hang-up")).isDisabled();
        }

        call(minsu, "Jane");
        talking(minsu, "Jane");
        talking(jane, "민수");
    }

    @Test
    void saysGoodByeForAPageThatIsClosed() {
        Page jane = comeIn("Jane");
        Page minsu = comeIn("민수");
        call(jane, "민수");
        talking(minsu, "Jane");
        jane.close();
        assertThat(minsu.locator("#state")).hasText("Jane hung up");
    }

    @Test
    void saysThatNobodyIsThere() {
        Page jane = comeIn("Jane");
        call(jane, "nobody");
        assertThat(jane.locator("#state")).hasText("nobody is not there");
        assertThat(jane.locator("#hang-up")).isDisabled();
    }

    private static Page comeIn(String name) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        Page page = browsers.open("http://localhost:" + port);
        page.fill("#name", name);
        page.press("#name", "Enter");
        assertThat(page.locator("#state")).hasText("You are " + name);
        return page;
    }

    private static void call(Page page, String other) {
        page.fill("#other", other);
        page.press("#other", "Enter");
    }

    private static void talking(Page page, String other) {
        assertThat(page.locator("#state")).hasText("Talking to " + other);
        page.waitForFunction(SEES_THE_OTHER);
    }
}
