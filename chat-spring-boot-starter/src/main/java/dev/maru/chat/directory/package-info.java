/** The rooms as people see them, with who is in them: the list, its changes as they happen, and who may add to it. */
@NullMarked
package dev.maru.chat.directory;

import org.jspecify.annotations.NullMarked;
