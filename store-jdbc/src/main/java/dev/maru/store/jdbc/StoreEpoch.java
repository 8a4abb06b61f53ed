package dev.maru.store.jdbc;

import java.security.SecureRandom;
import java.sql.SQLException;

/**
 * The life of a store. Positions of one life mean nothing in another, so it is made once, at random, and kept in the
 * database itself.
 *
 * <p>Safe for any thread.
 */
final class StoreEpoch {

    private static final int LENGTH = 10;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private StoreEpoch() {}

    /** Reads the epoch, and makes it first in a database that has none. */
    static String readOrCreate(Sql sql) throws SQLException {
        sql.update(
                "INSERT INTO maru_store (id, epoch, created_at) VALUES (1, ?, ?) ON CONFLICT (id) DO NOTHING",
                random(),
                System.currentTimeMillis());
        return sql.first("SELECT epoch FROM maru_store WHERE id = 1", row -> row.getString(1))
                .orElseThrow();
    }

    /** Begins another life. */
    static String renew(Sql sql) throws SQLException {
        String epoch = random();
        sql.update("UPDATE maru_store SET epoch = ?, created_at = ? WHERE id = 1", epoch, System.currentTimeMillis());
        return epoch;
    }

    private static String random() {
        return new SecureRandom()
                .ints(LENGTH, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, i) -> text.append(LETTERS.charAt(i)), StringBuilder::append)
                .toString();
    }
}
