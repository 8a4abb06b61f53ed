/** Finding messages by any part of their text, two Korean letters included. */
@NullMarked
package dev.maru.chat.search;

import org.jspecify.annotations.NullMarked;
