/** Applications with users of their own that add the chat, over real sockets. */
@NullMarked
package dev.maru.chat.embedded;

import org.jspecify.annotations.NullMarked;
