package dev.maru.store.jdbc;

/**
 * A connection with its prepared statements, kept from call to call.
 *
 * <p>Confined to the thread that it was handed to.
 */
public final class Sql {
    Sql() {}
}
