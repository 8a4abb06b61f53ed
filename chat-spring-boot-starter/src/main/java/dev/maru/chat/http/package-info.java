/** The HTTP API of the chat: rooms, messages, presence and search, with problem documents for what is refused. */
@NullMarked
package dev.maru.chat.http;

import org.jspecify.annotations.NullMarked;
