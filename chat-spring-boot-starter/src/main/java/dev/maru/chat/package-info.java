/** What all of the chat shares: its faults and its limits. */
@NullMarked
package dev.maru.chat;

import org.jspecify.annotations.NullMarked;
