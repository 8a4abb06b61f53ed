/** Wrong settings: what is wrong and what to do, told at the start in words instead of a stack trace. */
@NullMarked
package dev.maru.spring.failure;

import org.jspecify.annotations.NullMarked;
