/** Names of destinations, the patterns that match them, and what each kind of destination keeps. */
@NullMarked
package dev.maru.engine.destination;

import org.jspecify.annotations.NullMarked;
