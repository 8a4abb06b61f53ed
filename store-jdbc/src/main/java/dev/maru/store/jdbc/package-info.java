/** History and presence in an SQL database: one group-committing writer, a few reading threads, our own migrations. */
@NullMarked
package dev.maru.store.jdbc;

import org.jspecify.annotations.NullMarked;
