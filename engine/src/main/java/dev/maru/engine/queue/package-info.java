/** Messages that wait until somebody acknowledges them, and the store that keeps them. */
@NullMarked
package dev.maru.engine.queue;

import org.jspecify.annotations.NullMarked;
