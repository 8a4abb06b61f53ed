/** One client's connection to the engine: its state, its frames in order, their answers, its limits. */
@NullMarked
package dev.maru.engine.session;

import org.jspecify.annotations.NullMarked;
