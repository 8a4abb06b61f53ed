package dev.maru.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes that are done together or not at all.
 *
 * <p>Confined to the writer's thread.
 */
final class JoinedWrite implements Write<Boolean> {
    private final List<WriteJob<?>> jobs;

    JoinedWrite(List<WriteJob<?>> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Boolean write(Sql sql) throws SQLException {
        for (WriteJob<?> job : jobs) {
            job.runJoined(sql);
        }
        return true;
    }

    @Override
    public boolean isUndoable() {
        return true;
    }

    @Override
    public Set<String> keys() {
        return jobs.stream().flatMap(job -> job.keys().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long bytes() {
        return jobs.stream().mapToLong(WriteJob::bytes).sum();
    }

    @Override
    public void committed(Boolean result) {
        jobs.forEach(WriteJob::announce);
    }
}
