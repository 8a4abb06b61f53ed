/** The chat's STOMP destinations: what clients send to {@code /app/chat/…}, and who is told of people. */
@NullMarked
package dev.maru.chat.stomp;

import org.jspecify.annotations.NullMarked;
