/** What the HTTP API says about itself. */
@NullMarked
package dev.maru.server.api;

import org.jspecify.annotations.NullMarked;
