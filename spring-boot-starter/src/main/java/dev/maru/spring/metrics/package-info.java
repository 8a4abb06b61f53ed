/** What the engine counts, as Micrometer's meters. */
@NullMarked
package dev.maru.spring.metrics;

import org.jspecify.annotations.NullMarked;
