/** Where connections come from: HTTP requests, which of them become WebSockets, and which are refused. */
@NullMarked
package dev.maru.transport.http;

import org.jspecify.annotations.NullMarked;
