/** From one published message to every subscriber: the order, one hand-over to each event loop, one encoding. */
@NullMarked
package dev.maru.engine.fanout;

import org.jspecify.annotations.NullMarked;
