package dev.maru.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.LocatorOptions;

/** Somebody at Maru's page: what they do, and where they look. Confined to the test's thread. */
record Person(Page page) {

    /** Opens the address of a room for the first time and gives a name; returns when others know. */
    static Person enters(Page page, Room room, String nickname) {
        page.navigate(room.address());
        Person person = new Person(page);
        person.givesName(nickname);
        person.isConnected();
        return person;
    }

    void givesName(String nickname) {
        page.fill("#nickname", nickname);
        page.press("#nickname", "Enter");
    }

    void opens(Room room) {
        roomLink(room).click();
        assertThat(page).hasURL(room.address());
        isConnected();
    }

    void says(String text) {
        composer().fill(text);
        composer().press("Enter");
    }

    /** All that stands on the screen is exactly this, and the server has it. */
    void sees(String... texts) {
        assertThat(texts()).hasText(texts);
        assertThat(page.locator(".msg[data-state=sent]")).hasCount(texts.length);
    }

    /** The server has told who is in the room, and with it everything that was asked before. */
    void isConnected() {
        assertThat(page.locator(".people")).isVisible();
    }

    Locator composer() {
        return page.locator("#composer");
    }

    Locator heading() {
        return page.locator(".head h1");
    }

    Locator texts() {
        return page.locator(".msg .text");
    }

    /** The messages with this in their text. */
    Locator message(String text) {
        return page.locator(".msg", new LocatorOptions().setHasText(text));
    }

    Locator roomLink(Room room) {
        return page.locator("[data-room='" + room.id() + "']");
    }

    /** How many are here. */
    Locator people() {
        return page.locator(".people span:not(.faces, .faces *)");
    }

    /** Lines that say who came and went. */
    Locator notes() {
        return page.locator(".log .quiet");
    }

    Locator typing() {
        return page.locator(".typing");
    }

    /** What a screen reader says without being asked. */
    Locator spoken() {
        return page.locator("[data-live][aria-live=polite]");
    }

    /** That the connection is gone, when it says so. */
    Locator banner() {
        return page.locator(".banner");
    }
}
