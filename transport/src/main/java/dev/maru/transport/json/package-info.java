/** STOMP's frames as JSON objects in WebSocket text messages, for clients without a STOMP library. */
@NullMarked
package dev.maru.transport.json;

import org.jspecify.annotations.NullMarked;
