/** Spring's messaging model on the engine: annotated methods, the three channels, and what they refuse. */
@NullMarked
package dev.maru.spring.messaging;

import org.jspecify.annotations.NullMarked;
