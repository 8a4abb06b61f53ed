/** Positions in a stream of messages, and the log that keeps the stream. */
@NullMarked
package dev.maru.engine.history;

import org.jspecify.annotations.NullMarked;
