/** What becomes of a message before it is stored, and those that wait for a decision. */
@NullMarked
package dev.maru.chat.moderation;

import org.jspecify.annotations.NullMarked;
