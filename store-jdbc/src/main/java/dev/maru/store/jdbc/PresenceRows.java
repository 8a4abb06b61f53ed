package dev.maru.store.jdbc;

import dev.maru.engine.presence.PresenceMove;
import dev.maru.engine.presence.PresentPerson;
import dev.maru.engine.presence.SharedPresenceStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows behind {@link JdbcSharedPresenceStore}: who is held where by which node, and the changes that this makes. All
 * transactions that change something take one lock first, so that the numbers of changes become visible in their order,
 * and whoever reads on from the last one misses none. However many moves there are, they are a few statements.
 *
 * <p>Stateless.
 */
final class PresenceRows {
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('maru.presence', 0))";

    private static final String HOLD = "WITH asked AS ("
            + " SELECT place, person, n FROM unnest(?, ?) WITH ORDINALITY AS asked (place, person, n)"
            + "), news AS ("
            + " INSERT INTO maru_presence_change (place, person, joined, node)"
            + " SELECT place, person, TRUE, ? FROM asked WHERE NOT EXISTS (SELECT FROM maru_presence AS held"
            + "  WHERE held.place = asked.place AND held.person = asked.person)"
            + " ORDER BY n RETURNING version, place, person, joined, node"
            + "), holding AS ("
            + " INSERT INTO maru_presence (place, person, node, since)"
            + " SELECT place, person, ?, coalesce(news.version, (SELECT min(held.since) FROM maru_presence AS held"
            + "  WHERE held.place = asked.place AND held.person = asked.person))"
            + " FROM asked LEFT JOIN news USING (place, person) ON CONFLICT DO NOTHING"
            + ") SELECT version, place, person, joined, node FROM news ORDER BY version";

    private static final String LET_GO = "WITH gone AS ("
            + " DELETE FROM maru_presence AS held"
            + " USING unnest(?, ?) WITH ORDINALITY AS asked (place, person, n)"
            + " WHERE held.place = asked.place AND held.person = asked.person AND held.node = ?"
            + " RETURNING held.place, held.person, asked.n"
            + "), news AS ("
            + " INSERT INTO maru_presence_change (place, person, joined, node)"
            + " SELECT place, person, FALSE, ? FROM gone WHERE NOT EXISTS (SELECT FROM maru_presence AS held"
            + "  WHERE held.place = gone.place AND held.person = gone.person AND held.node <> ?)"
            + " ORDER BY n RETURNING version, place, person, joined, node"
            + ") SELECT version, place, person, joined, node FROM news ORDER BY version";

    private static final String REAP = "WITH gone AS ("
            + " DELETE FROM maru_presence WHERE node = ANY (?) RETURNING place, person, since"
            + "), left_by_all AS ("
            + " SELECT place, person, min(since) AS since FROM gone WHERE NOT EXISTS (SELECT FROM maru_presence AS held"
            + "  WHERE held.place = gone.place AND held.person = gone.person AND held.node <> ALL (?))"
            + " GROUP BY place, person"
            + ") INSERT INTO maru_presence_change (place, person, joined, node)"
            + " SELECT place, person, FALSE, ? FROM left_by_all ORDER BY since";

    /**
     * Where no living node was there when a lost one was last heard of, all were gone, and its people have some time to
     * come back from when the first node lives again.
     */
    private static final String DEAD = "SELECT id FROM maru_node AS lost WHERE people_until < now()"
            + " AND (EXISTS (SELECT FROM maru_node AS witness"
            + "   WHERE witness.expires_at > now() AND witness.started_at <= lost.renewed_at)"
            + "  OR now() > (SELECT min(started_at) FROM maru_node AS living WHERE living.expires_at > now())"
            + "   + ? * INTERVAL '1 ms')";

    private static final String FORGET = "DELETE FROM maru_presence_change AS old"
            + " WHERE changed_at < now() - INTERVAL '10 minutes'"
            + " AND (NOT EXISTS (SELECT FROM maru_presence AS held WHERE held.place = old.place)"
            + "  OR EXISTS (SELECT FROM maru_presence_change AS later"
            + "   WHERE later.place = old.place AND later.version > old.version))";

    private static final String AFTER =
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT, version, place, person, joined, node"
                    + " FROM (SELECT) AS once LEFT JOIN"
                    + " (SELECT * FROM maru_presence_change WHERE version > ? ORDER BY version LIMIT ?) AS news ON TRUE"
                    + " ORDER BY version";

    private PresenceRows() {}

    /** A row of a change. */
    record Change(long version, PresentPerson person, boolean joined, long node) {}

    /** Changes, and when they were read by the database's clock. */
    record Page(long readMillis, List<Change> changes) {}

    /** Makes the moves of a node. */
    static List<Change> apply(Sql sql, List<PresenceMove> moves, long node) throws SQLException {
        lock(sql);
        List<Change> changes = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= moves.size(); end++) {
            if (end == moves.size()
                    || moves.get(end).holds() != moves.get(begin).holds()) {
                changes.addAll(run(sql, moves.subList(begin, end), node));
                begin = end;
            }
        }
        return changes;
    }

    /** Takes the people of lost nodes away, and the nodes with them; returns whether there were such nodes. */
    static boolean reap(Sql sql, long node, long awayMillis) throws SQLException {
        if (sql.first(DEAD, row -> true, awayMillis).isEmpty()) {
            return false;
        }
        lock(sql);
        Long[] dead = sql.list(DEAD + " FOR UPDATE SKIP LOCKED", row -> row.getLong(1), awayMillis)
                .toArray(Long[]::new);
        sql.update(REAP, dead, dead, node);
        return sql.update("DELETE FROM maru_node WHERE id = ANY (?)", (Object) dead) > 0;
    }

    /** Forgets changes that every node has read; one node does. */
    static void forget(Sql sql, long node) throws SQLException {
        long first = sql.first("SELECT min(id) FROM maru_node WHERE expires_at > now()", row -> row.getLong(1))
                .orElse(0L);
        if (first == node) {
            sql.update(FORGET);
        }
    }

    static Page after(Sql sql, long version) throws SQLException {
        List<Change> changes = new ArrayList<>();
        long[] millis = new long[1];
        sql.scan(
                AFTER,
                row -> {
                    millis[0] = row.getLong(1);
                    return row.getObject(2) == null || changes.add(change(row, 2));
                },
                more -> true,
                version,
                SharedPresenceStore.PAGE);
        return new Page(millis[0], changes);
    }

    static SharedPresenceStore.Everybody everybody(Sql sql) throws SQLException {
        long version = sql.first("SELECT coalesce(max(version), 0) FROM maru_presence_change", row -> row.getLong(1))
                .orElseThrow();
        List<PresentPerson> people = sql.list(
                "SELECT place, person FROM maru_presence GROUP BY place, person ORDER BY min(since)",
                row -> new PresentPerson(row.getString(1), row.getString(2)));
        Map<String, Long> versions = new HashMap<>();
        sql.scan(
                "SELECT place, max(version) FROM maru_presence_change GROUP BY place",
                row -> versions.put(row.getString(1), row.getLong(2)),
                more -> true);
        versions.keySet().retainAll(people.stream().map(PresentPerson::place).collect(Collectors.toUnmodifiableSet()));
        return new SharedPresenceStore.Everybody(version, people, versions);
    }

    private static List<Change> run(Sql sql, List<PresenceMove> moves, long node) throws SQLException {
        String[] places = moves.stream().map(move -> move.person().place()).toArray(String[]::new);
        String[] people = moves.stream().map(move -> move.person().person()).toArray(String[]::new);
        return moves.getFirst().holds()
                ? sql.list(HOLD, row -> change(row, 1), places, people, node, node)
                : sql.list(LET_GO, row -> change(row, 1), places, people, node, node, node);
    }

    private static void lock(Sql sql) throws SQLException {
        sql.first(LOCK, row -> true);
    }

    private static Change change(ResultSet row, int column) throws SQLException {
        return new Change(
                row.getLong(column),
                new PresentPerson(row.getString(column + 1), row.getString(column + 2)),
                row.getBoolean(column + 3),
                row.getLong(column + 4));
    }
}
