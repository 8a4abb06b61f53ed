/** What the server says while it starts, and when it cannot. */
@NullMarked
package dev.maru.server.startup;

import org.jspecify.annotations.NullMarked;
