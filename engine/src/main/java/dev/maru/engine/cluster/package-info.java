/** Several nodes as one: what a node tells the others through a broker, and what it makes of what they tell. */
@NullMarked
package dev.maru.engine.cluster;

import org.jspecify.annotations.NullMarked;
