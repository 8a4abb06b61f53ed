package dev.maru.store.jdbc;

import java.util.Locale;

/** A database that the store knows. Immutable; safe for any thread. */
public enum Product {
    SQLITE,
    POSTGRESQL;

    /** The name of the folder with this database's migration scripts. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
