package dev.maru.store.jdbc;

import java.sql.SQLException;

/** Clears up behind nodes that are gone. Called on the thread of the {@link NodeLease}, again and again. */
@FunctionalInterface
interface NodeSweep {

    /**
     * Takes back what nodes hold whose lease is over, in a transaction of its own. Other nodes may be at it, too: what it
     * reads it has locked, so that each thing is taken back once.
     *
     * @return what is to be done after the commit; quick
     */
    Runnable sweep(Sql sql) throws SQLException;
}
