/** The map of ARCHITECTURE.md as rules that the build proves. */
@NullMarked
package dev.maru.server.architecture;

import org.jspecify.annotations.NullMarked;
