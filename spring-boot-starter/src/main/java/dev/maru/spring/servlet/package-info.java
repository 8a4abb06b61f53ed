/** Servlet applications: Spring's own WebSocket transport stays in front, and the engine's sessions are behind it. */
@NullMarked
package dev.maru.spring.servlet;

import org.jspecify.annotations.NullMarked;
