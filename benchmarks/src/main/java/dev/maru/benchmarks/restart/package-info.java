/** What people in a chat notice of a restart: how long each is without it, and whether anything is lost. */
@NullMarked
package dev.maru.benchmarks.restart;

import org.jspecify.annotations.NullMarked;
