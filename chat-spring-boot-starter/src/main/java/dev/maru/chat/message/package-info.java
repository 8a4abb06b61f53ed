/** Messages: what makes a good one, how it is stored once and in order, and how it is read and rendered. */
@NullMarked
package dev.maru.chat.message;

import org.jspecify.annotations.NullMarked;
