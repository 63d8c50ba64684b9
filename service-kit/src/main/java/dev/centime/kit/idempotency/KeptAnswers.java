package dev.centime.kit.idempotency;

import dev.centime.kit.Problem;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The table {@code idempotency} of the service's schema. */
@ApplicationScoped
class KeptAnswers {
    private static final Duration KEPT = Duration.ofHours(24);

    /** After this, whoever claimed a key and gave no answer is taken for dead. Longer than any request may run. */
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    private final Tenants tenants;
    private final Clock clock;
    private final String insert;
    private final String select;
    private final String forget;
    private final String keep;
    private final String release;

    KeptAnswers(Tenants tenants, Clock clock, @ConfigProperty(name = "centime.schema") String schema) {
        this.tenants = tenants;
        this.clock = clock;
        var table = "\"" + schema + "\".idempotency";
        this.insert = "INSERT INTO " + table + """
                 AS held (partition, organization, caller, key, request, claim, claimed_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (partition, organization, caller, key) DO UPDATE
                   SET request = excluded.request, claim = excluded.claim, claimed_at = excluded.claimed_at,
                       status = NULL, headers = NULL, body = NULL
                 WHERE held.claimed_at < $8
                    OR held.status IS NULL AND held.claimed_at < $9 AND held.request = excluded.request
                """;
        this.select = "SELECT request, status, headers, body FROM " + table
                + " WHERE partition = $1 AND organization = $2 AND caller = $3 AND key = $4";
        this.forget = "DELETE FROM " + table + " WHERE partition = $1 AND organization = $2 AND claimed_at < $3";
        this.keep = "UPDATE " + table + " SET status = $6, headers = $7, body = $8"
                + " WHERE partition = $1 AND organization = $2 AND caller = $3 AND key = $4 AND claim = $5";
        this.release = "DELETE FROM " + table
                + " WHERE partition = $1 AND organization = $2 AND caller = $3 AND key = $4 AND claim = $5";
    }

    /** What a claim met: nothing (it holds now), or somebody's answer, which may still be on its way. */
    sealed interface Met {
        record Nothing() implements Met {}

        record InProgress() implements Met {}

        record Answer(KeptAnswer kept) implements Met {}
    }

    /** @throws Problem 422 (as a failure) when the key came with another request before */
    Uni<Met> claim(Claim claim) {
        return tenants.with(claim.organization(), connection -> insert(connection, claim)
                .chain(claimed -> claimed
                        ? forgetOld(connection, claim).replaceWith(new Met.Nothing())
                        : find(connection, claim)));
    }

    private Uni<Boolean> insert(SqlConnection connection, Claim claim) {
        return connection
                .preparedQuery(insert)
                .execute(key(claim)
                        .addValue(Buffer.buffer(claim.request()).getDelegate())
                        .addValue(claim.id())
                        .addValue(now())
                        .addValue(now().minus(KEPT))
                        .addValue(now().minus(ABANDONED)))
                .map(rows -> rows.rowCount() == 1);
    }

    private Uni<Void> forgetOld(SqlConnection connection, Claim claim) {
        return connection
                .preparedQuery(forget)
                .execute(Tuple.of(claim.partition(), claim.organization(), now().minus(KEPT)))
                .replaceWithVoid();
    }

    private Uni<Met> find(SqlConnection connection, Claim claim) {
        return connection.preparedQuery(select).execute(key(claim)).map(rows -> {
            for (var row : rows) {
                return met(row, claim);
            }
            // Released in between: whoever held it failed, so the next look claims it.
            return new Met.InProgress();
        });
    }

    private static Met met(Row row, Claim claim) {
        if (!Arrays.equals(row.getBuffer("request").getBytes(), claim.request())) {
            throw IdempotencyKey.reused("this Idempotency-Key came with another body, path or method before");
        }
        var status = row.getInteger("status");
        if (status == null) {
            return new Met.InProgress();
        }
        var body =
                Optional.ofNullable(row.getBuffer("body")).map(Buffer::getBytes).orElse(null);
        return new Met.Answer(new KeptAnswer(status, row.get(JsonObject.class, "headers"), body));
    }

    Uni<Void> keep(Claim claim, KeptAnswer answer) {
        var body = answer.body();
        return tenants.with(claim.organization(), connection -> connection
                .preparedQuery(keep)
                .execute(key(claim)
                        .addValue(claim.id())
                        .addValue(answer.status())
                        .addValue(answer.headers())
                        .addValue(body == null ? null : Buffer.buffer(body).getDelegate()))
                .replaceWithVoid());
    }

    /** Lets the next attempt do it anew. */
    Uni<Void> release(Claim claim) {
        return tenants.with(claim.organization(), connection -> connection
                .preparedQuery(release)
                .execute(key(claim).addValue(claim.id()))
                .replaceWithVoid());
    }

    private static Tuple key(Claim claim) {
        return Tuple.of(claim.partition(), claim.organization(), claim.caller(), claim.key());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
