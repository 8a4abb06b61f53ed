/** What happens in the chat, told to the application. */
@NullMarked
package dev.maru.chat.event;

import org.jspecify.annotations.NullMarked;
