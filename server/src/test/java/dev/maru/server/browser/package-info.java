/** Real Chromium for tests: found on the machine, launched once, a fresh profile for every person in a test. */
@NullMarked
package dev.maru.server.browser;

import org.jspecify.annotations.NullMarked;
