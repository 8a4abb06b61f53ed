/** Bodies that are no text, on transports that carry nothing but text. */
@NullMarked
package dev.maru.transport.text;

import org.jspecify.annotations.NullMarked;
