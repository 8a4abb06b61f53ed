/** Who is where: the people that sessions brought to a place, and when they count as gone. */
@NullMarked
package dev.maru.engine.presence;

import org.jspecify.annotations.NullMarked;
