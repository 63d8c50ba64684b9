package dev.centime.ingest.view.sessions;

import dev.centime.contracts.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many sessions there are, and what they came to: those that a list of the same question shows. */
public final class SessionCounts {
    private static final int MONEY_DECIMALS = 12;

    private SessionCounts() {}

    /** @param totalCost US dollars, of all calls of these sessions, also those outside the period asked about */
    public record Count(long sessions, BigDecimal totalCost) {
        public static final Count NONE = new Count(0, BigDecimal.ZERO);

        /** US dollars a session, to twelve decimals; null without sessions. */
        public @Nullable Money averageCost() {
            return sessions == 0
                    ? null
                    : Money.of(totalCost.divide(BigDecimal.valueOf(sessions), MONEY_DECIMALS, RoundingMode.HALF_EVEN));
        }

        private static Count of(Row row) {
            return new Count(row.getLong("sessions"), row.getBigDecimal("total_cost"));
        }
    }

    /** All of them; empty where calls have expired without which nobody knows. */
    public static Uni<Optional<Count>> of(SqlConnection connection, int partition, SessionQuestion question) {
        return SessionPages.isDoubtful(connection, partition, question)
                .chain(doubtful -> doubtful
                        ? Uni.createFrom().item(Optional.<Count>empty())
                        : counted(connection, partition, question).map(Optional::of));
    }

    private static Uni<Count> counted(SqlConnection connection, int partition, SessionQuestion question) {
        var statement = SelectSessions.count(partition, question);
        return connection
                .preparedQuery(statement.sql())
                .execute(statement.parameters())
                .map(rows -> Count.of(rows.iterator().next()));
    }

    /** Each person's own part of them, by subject id; who has none is absent. Empty where nobody knows. */
    public static Uni<Optional<Map<String, Count>>> byPerson(
            SqlConnection connection, int partition, SessionQuestion question, List<String> subjects) {
        return SessionPages.isDoubtful(connection, partition, question)
                .chain(doubtful -> doubtful
                        ? Uni.createFrom().item(Optional.<Map<String, Count>>empty())
                        : counted(connection, partition, question, subjects).map(Optional::of));
    }

    private static Uni<Map<String, Count>> counted(
            SqlConnection connection, int partition, SessionQuestion question, List<String> subjects) {
        var statement = SelectSessions.countByPerson(partition, question, subjects);
        return connection
                .preparedQuery(statement.sql())
                .execute(statement.parameters())
                .map(rows -> {
                    Map<String, Count> counts = new HashMap<>();
                    rows.forEach(row -> counts.put(row.getString("subject"), Count.of(row)));
                    return counts;
                });
    }
}
