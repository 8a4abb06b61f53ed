/** The load generator: many WebSocket clients that check what they get, and what it cost the server. */
@NullMarked
package dev.maru.benchmarks.load;

import org.jspecify.annotations.NullMarked;
