/** The table of faults: what a client did wrong, as values with a code. */
@NullMarked
package dev.maru.engine.fault;

import org.jspecify.annotations.NullMarked;
