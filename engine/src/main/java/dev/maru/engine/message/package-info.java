/** What a message carries, as bytes. */
@NullMarked
package dev.maru.engine.message;

import org.jspecify.annotations.NullMarked;
