package dev.centime.ingest.view.retention;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes calls that have expired, some at a time, each time in a transaction of its own. Nobody waits for it: readers do not ask for
 * what has expired, writers add none, and replicas at work at once pass over each other's rows.
 */
@ApplicationScoped
class DeleteDetail {
    private static final String LEFT = """
            SELECT horizon.partition, horizon.organization, horizon.before FROM ingest.detail_horizon AS horizon
            WHERE EXISTS (
                SELECT FROM ingest.usage_detail AS call WHERE call.partition = horizon.partition
                  AND call.organization = horizon.organization AND call.at < horizon.before)
            """;

    // By their places: with a join the planner may come to read the whole table for a few rows of it.
    private static final String DELETE = """
            DELETE FROM ingest.usage_detail WHERE partition = $1 AND ctid = ANY (ARRAY(
                SELECT ctid FROM ingest.usage_detail
                WHERE partition = $1 AND organization = $2 AND at < $3
                ORDER BY at, log_offset LIMIT $4 FOR UPDATE SKIP LOCKED))
            """;

    private final Pool runner;

    DeleteDetail(@ReactiveDataSource("runner") Pool runner) {
        this.runner = runner;
    }

    /** An organization that has calls from before what it keeps. */
    record Left(int partition, String organization, Instant before) {}

    Uni<List<Left>> left() {
        return runner.preparedQuery(LEFT).execute().map(rows -> {
            var left = new ArrayList<Left>();
            rows.forEach(row -> left.add(new Left(
                    row.getInteger("partition"),
                    row.getString("organization"),
                    row.getOffsetDateTime("before").toInstant())));
            return left;
        });
    }

    /** The oldest ones. @return how many were deleted */
    Uni<Integer> some(Left left, int limit) {
        return runner.preparedQuery(DELETE)
                .execute(Tuple.of(
                        left.partition(), left.organization(), left.before().atOffset(ZoneOffset.UTC), limit))
                .map(rows -> rows.rowCount());
    }
}
