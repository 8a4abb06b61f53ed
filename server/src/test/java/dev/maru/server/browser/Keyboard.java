package dev.maru.server.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/**
 * A keyboard with an input method, as Chromium sees one through its DevTools protocol. While a syllable is composed the
 * operating system reports keys as taken by the input method (key code 229); which key it was stands in {@code code}.
 *
 * <p>Confined to the test's thread.
 */
final class Keyboard {

    private static final int TAKEN_BY_INPUT_METHOD = 229;
    private static final int ENTER = 13;

    private final CDPSession session;

    Keyboard(Page page) {
        this.session = page.context().newCDPSession(page);
    }

    /** The syllable as it grows, key by key; it stays open. */
    Keyboard composes(String... steps) {
        for (String step : steps) {
            press("Process", "KeyA", TAKEN_BY_INPUT_METHOD, "");
            JsonObject composition = new JsonObject();
            composition.addProperty("text", step);
            composition.addProperty("selectionStart", step.length());
            composition.addProperty("selectionEnd", step.length());
            session.send("Input.imeSetComposition", composition);
            release("KeyA", TAKEN_BY_INPUT_METHOD);
        }
        return this;
    }

    /** The input method hands over what was composed. */
    Keyboard commits(String text) {
        JsonObject insertion = new JsonObject();
        insertion.addProperty("text", text);
        session.send("Input.insertText", insertion);
        return this;
    }

    Keyboard takesEnter() {
        press("Process", "Enter", TAKEN_BY_INPUT_METHOD, "");
        release("Enter", TAKEN_BY_INPUT_METHOD);
        return this;
    }

    Keyboard handsOnEnter() {
        press("Enter", "Enter", ENTER, "\r");
        release("Enter", ENTER);
        return this;
    }

    private void press(String key, String code, int keyCode, String text) {
        JsonObject event = event(text.isEmpty() ? "rawKeyDown" : "keyDown", code, keyCode);
        event.addProperty("key", key);
        if (!text.isEmpty()) {
            event.addProperty("text", text);
        }
        session.send("Input.dispatchKeyEvent", event);
    }

    private void release(String code, int keyCode) {
        session.send("Input.dispatchKeyEvent", event("keyUp", code, keyCode));
    }

    private static JsonObject event(String type, String code, int keyCode) {
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.addProperty("code", code);
        event.addProperty("windowsVirtualKeyCode", keyCode);
        event.addProperty("nativeVirtualKeyCode", keyCode);
        return event;
    }
}
