package dev.centime.budget.view.budgetspend;

import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Which of some organizations have spent anything: for the others there is nothing to be summed. */
final class SelectSpenders {
    private static final String SQL = """
            SELECT o.organization FROM unnest($2::text[]) AS o (organization)
            WHERE EXISTS (SELECT FROM %s c WHERE c.partition = $1 AND c.organization = o.organization)
            """;

    private SelectSpenders() {}

    static Uni<Set<String>> execute(View view, Set<String> organizations) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("spend_cell")))
                .execute(Tuple.of(view.partition(), organizations.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("organization"))
                        .collect(Collectors.toSet()));
    }
}
