/** Rooms: their ids and names, who may make them, and where their streams stand. */
@NullMarked
package dev.maru.chat.room;

import org.jspecify.annotations.NullMarked;
