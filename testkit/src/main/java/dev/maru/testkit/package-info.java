/** Contracts that every implementation of an engine interface must pass, and a STOMP client for tests. */
@NullMarked
package dev.maru.testkit;

import org.jspecify.annotations.NullMarked;
