/** One port: hands WebSocket upgrades from the HTTP server to the engine's transport. */
@NullMarked
package dev.maru.spring.web;

import org.jspecify.annotations.NullMarked;
