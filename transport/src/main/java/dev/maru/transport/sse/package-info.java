/** Server-sent events: one destination as an event stream, for readers that only listen. */
@NullMarked
package dev.maru.transport.sse;

import org.jspecify.annotations.NullMarked;
