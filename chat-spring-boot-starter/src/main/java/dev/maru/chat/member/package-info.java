/** Who belongs to a room, whether they are there now or not. */
@NullMarked
package dev.maru.chat.member;

import org.jspecify.annotations.NullMarked;
