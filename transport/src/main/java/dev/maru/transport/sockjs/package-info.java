/** The SockJS 0.3.4 protocol: its paths, its information page, and its framing of messages. */
@NullMarked
package dev.maru.transport.sockjs;

import org.jspecify.annotations.NullMarked;
