package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.GoneDays;
import dev.centime.ingest.view.costs.question.BucketTimes.Range;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The rows of single calls and their corrections that a question is about, for figures that no sums know. */
public final class CallRows {
    private CallRows() {}

    /** Completes when all calls that a question is about are kept; fails with a problem otherwise. To be asked after they were read. */
    public static Uni<Void> whole(SqlConnection connection, CostQuestion question) {
        return GoneDays.of(
                        connection,
                        question.partition(),
                        question.organization(),
                        question.from(),
                        question.until(),
                        null)
                .invoke(gone -> gone.refuse(question.from(), question.until()))
                .replaceWithVoid();
    }

    /**
     * A table and a condition on its rows.
     *
     * @throws Problem 400 when the question spans more days than calls are read one by one of
     */
    public static String covered(Statement statement, CostQuestion question) {
        var whole = new Range(question.from(), question.until());
        if (whole.days() > CostRows.MAX_DETAIL_DAYS + 1) {
            throw Problem.badRequest(
                    "start_date", "must be at most " + CostRows.MAX_DETAIL_DAYS + " days before end_date");
        }
        var covered = new RowParts(statement, question, null).covered(whole);
        return question.asOf() == null
                ? covered
                : covered + " AND recorded_at <= " + statement.parameter(BucketTimes.utc(question.asOf()));
    }
}
