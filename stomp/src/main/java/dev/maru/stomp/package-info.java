/** STOMP frames and their codec for versions 1.0, 1.1 and 1.2, on Netty buffers and nothing else. */
@NullMarked
package dev.maru.stomp;

import org.jspecify.annotations.NullMarked;
