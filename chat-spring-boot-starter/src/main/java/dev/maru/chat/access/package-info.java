/** Who people are in the chat, and what they may do in its rooms: what an application answers for its own users. */
@NullMarked
package dev.maru.chat.access;

import org.jspecify.annotations.NullMarked;
