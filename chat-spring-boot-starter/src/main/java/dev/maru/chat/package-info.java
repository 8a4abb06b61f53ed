/** What all of the chat shares: its faults, its limits and how it takes in text. */
@NullMarked
package dev.maru.chat;

import org.jspecify.annotations.NullMarked;
