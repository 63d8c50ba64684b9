package dev.centime.ingest.view.sessions;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.GoneDays;
import dev.centime.ingest.view.sessions.SelectSessions.Statement;
import dev.centime.kit.Query.Sort;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions by pages, in any order of the list's. */
@ApplicationScoped
public class SessionPages {
    /** By name, which no call changes: a long walk meets each session once. */
    public static final Sort BY_NAME = new Sort("session", false);

    private final EventLog log;
    private final Tenants tenants;

    SessionPages(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /**
     * A page.
     *
     * @param end where it ended, for the next; null on the last page
     */
    public record Slice(
            List<SessionTotals> sessions, @Nullable List<String> end) {}

    /**
     * The sessions after a place.
     *
     * @param after the end of the page before, null for the first
     * @param limit at most so many
     */
    public Uni<Slice> next(SessionQuestion question, Sort sort, @Nullable List<String> after, int limit) {
        var order = SessionOrder.named(sort.name());
        return log.partitionOf(question.organization())
                .chain(partition -> read(
                        question,
                        partition,
                        SelectSessions.page(partition, question, order, sort.descending(), after, limit + 1)))
                .map(found -> found.size() > limit
                        ? new Slice(found.subList(0, limit), order.end(found.get(limit - 1)))
                        : new Slice(found, null));
    }

    /** All of them in one. */
    Uni<SessionTotals> sum(SessionQuestion question) {
        return log.partitionOf(question.organization())
                .chain(partition -> read(question, partition, SelectSessions.sum(partition, question)))
                .map(List::getFirst);
    }

    /** Completes when calls that have expired do not matter to the answer; fails with a problem otherwise. */
    public Uni<Void> whole(SessionQuestion question) {
        return log.partitionOf(question.organization())
                .chain(partition ->
                        tenants.with(question.organization(), connection -> whole(connection, partition, question)));
    }

    private Uni<List<SessionTotals>> read(SessionQuestion question, int partition, Statement statement) {
        return tenants.with(question.organization(), connection -> connection
                .preparedQuery(statement.sql())
                .execute(statement.parameters())
                .map(rows -> {
                    List<SessionTotals> found = new ArrayList<>(rows.size());
                    rows.forEach(row -> found.add(SessionTotals.of(row)));
                    return found;
                })
                .call(() -> whole(connection, partition, question)));
    }

    private static Uni<Void> whole(SqlConnection connection, int partition, SessionQuestion question) {
        return GoneDays.of(connection, partition, question.organization(), question.from(), question.until(), null)
                .chain(gone -> gone.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : doubtful(connection, partition, question)
                                .invoke(doubtful -> {
                                    if (doubtful) {
                                        gone.refuse(question.from(), question.until());
                                    }
                                })
                                .replaceWithVoid());
    }

    /** Whether calls have expired without which nobody knows which sessions are meant. */
    static Uni<Boolean> isDoubtful(SqlConnection connection, int partition, SessionQuestion question) {
        return GoneDays.of(connection, partition, question.organization(), question.from(), question.until(), null)
                .chain(gone ->
                        gone.isEmpty() ? Uni.createFrom().item(false) : doubtful(connection, partition, question));
    }

    private static Uni<Boolean> doubtful(SqlConnection connection, int partition, SessionQuestion question) {
        if (!SelectSessions.ofTotals(question)) {
            return Uni.createFrom().item(true);
        }
        var statement = SelectSessions.doubtful(partition, question);
        return connection
                .preparedQuery(statement.sql())
                .execute(statement.parameters())
                .map(rows -> rows.iterator().next().getBoolean("doubtful"));
    }
}
