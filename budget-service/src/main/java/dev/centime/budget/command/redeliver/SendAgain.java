package dev.centime.budget.command.redeliver;

import dev.centime.budget.MessageSent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a message wait anew. One that waits, or is on its way, is due now; its attempts go on being counted, so that the one under way cannot be
 * taken for the next.
 */
final class SendAgain {
    private static final String SQL = """
            UPDATE budget.delivery SET state = 'waiting', ended_at = NULL, due = now(),
                attempts = CASE WHEN state = 'waiting' THEN attempts ELSE 0 END
            WHERE partition = $1 AND organization = $2 AND delivery_id = $3 AND ($4::text IS NULL OR subject = $4)
            RETURNING %s
            """.formatted(MessageSent.COLUMNS);

    private SendAgain() {}

    /** @param subject whose it must be; null for anybody's. @return empty when there is no such message */
    static Uni<Optional<MessageSent.Unnamed>> execute(
            SqlConnection connection, int partition, String organization, String id, @Nullable String subject) {
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(partition, organization, id, subject))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(MessageSent.read(rows.iterator().next()))
                        : Optional.empty());
    }
}
