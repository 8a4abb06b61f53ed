/** Opens the chat's tables and everything that lives on them. */
@NullMarked
package dev.maru.chat.store;

import org.jspecify.annotations.NullMarked;
