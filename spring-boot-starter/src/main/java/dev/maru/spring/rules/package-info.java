/** What clients may do: rules for destinations, from the configuration and from code. */
@NullMarked
package dev.maru.spring.rules;

import org.jspecify.annotations.NullMarked;
