/** Pages in a real browser; for tests that have Playwright. */
@NullMarked
package dev.maru.testkit.browser;

import org.jspecify.annotations.NullMarked;
