/** What clients are told about who is in a room. */
@NullMarked
package dev.maru.chat.presence;

import org.jspecify.annotations.NullMarked;
