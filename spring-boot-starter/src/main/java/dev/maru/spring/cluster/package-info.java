/** Several nodes as one: which broker is between them, how well they know each other, who else uses it. */
@NullMarked
package dev.maru.spring.cluster;

import org.jspecify.annotations.NullMarked;
