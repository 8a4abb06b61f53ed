/** What people ask for, whichever way it comes: who they are, whether they may, and what becomes of it. */
@NullMarked
package dev.maru.chat.client;

import org.jspecify.annotations.NullMarked;
