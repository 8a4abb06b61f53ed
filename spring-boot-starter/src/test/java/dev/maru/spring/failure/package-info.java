/** Tests of what is said of wrong settings. */
@NullMarked
package dev.maru.spring.failure;

import org.jspecify.annotations.NullMarked;
