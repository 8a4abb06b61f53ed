package dev.maru.chat.store;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the tests of a class have their chat on PostgreSQL. Confined to the thread that JUnit runs them on. */
final class OnPostgres implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext tests) {
        OpenChat.onPostgres = true;
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        OpenChat.onPostgres = false;
    }
}
