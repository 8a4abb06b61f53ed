/** What becomes of messages that are older than is kept: they move to files, and the database forgets them. */
@NullMarked
package dev.maru.chat.archive;

import org.jspecify.annotations.NullMarked;
