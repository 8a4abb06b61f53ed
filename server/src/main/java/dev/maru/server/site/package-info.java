/** The browser client's files over HTTP, with the headers that keep them fresh and the browser careful. */
@NullMarked
package dev.maru.server.site;

import org.jspecify.annotations.NullMarked;
