/** Where the server's data is: in its data folder, or in PostgreSQL. */
@NullMarked
package dev.maru.server.store;

import org.jspecify.annotations.NullMarked;
