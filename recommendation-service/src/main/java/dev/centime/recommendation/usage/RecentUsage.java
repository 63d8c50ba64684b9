package dev.centime.recommendation.usage;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import dev.centime.recommendation.policy.Usage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was used since a day, by model and operation. */
@ApplicationScoped
public class RecentUsage {
    private static final String SELECT = """
            SELECT provider, model, operation, service_tier, region, context_above,
                   min(min(day)) OVER using_it AS first_day,
                   max(largest_context) AS largest_context, max(largest_output) AS largest_output,
                   sum(requests)::bigint AS requests, sum(input)::bigint AS input, sum(cache_read)::bigint AS cache_read,
                   sum(cache_write)::bigint AS cache_write, sum(cache_write_1h)::bigint AS cache_write_1h,
                   sum(output)::bigint AS output, sum(reasoning)::bigint AS reasoning,
                   sum(input_audio)::bigint AS input_audio, sum(output_audio)::bigint AS output_audio,
                   sum(input_image)::bigint AS input_image,
                   sum(output_image)::bigint AS output_image, sum(cost) AS cost, sum(fees) AS fees,
                   (SELECT count(DISTINCT other.day) FROM recommendation.usage other
                    WHERE other.partition = $1 AND other.organization = $2 AND other.day >= $3 AND other.requests > 0
                      AND other.provider = usage.provider AND other.model = usage.model
                      AND other.operation = usage.operation) AS days
            FROM recommendation.usage
            WHERE partition = $1 AND organization = $2 AND day >= $3
            GROUP BY provider, model, operation, service_tier, region, context_above
            HAVING sum(requests) > 0
            WINDOW using_it AS (PARTITION BY provider, model, operation)
            ORDER BY provider, model, operation, service_tier, region, context_above
            """;

    private record Used(String provider, String model, String operation) {}

    private final EventLog log;
    private final Tenants tenants;

    RecentUsage(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /** @param from first day, in UTC */
    public Uni<List<Usage>> since(Caller caller, LocalDate from) {
        var organization = caller.oneOrganization();
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(caller, connection -> connection
                        .preparedQuery(SELECT)
                        .execute(Tuple.of(partition, organization, from))))
                .map(RecentUsage::usages);
    }

    private static List<Usage> usages(RowSet<Row> rows) {
        var byUse = new LinkedHashMap<Used, List<Row>>();
        rows.forEach(row -> byUse.computeIfAbsent(
                        new Used(row.getString("provider"), row.getString("model"), row.getString("operation")),
                        used -> new ArrayList<>())
                .add(row));
        return byUse.entrySet().stream()
                .map(entry -> usage(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Usage usage(Used used, List<Row> rows) {
        return new Usage(
                used.provider,
                used.model,
                orNull(used.operation),
                rows.getFirst().getLocalDate("first_day"),
                rows.getFirst().getInteger("days"),
                largest(rows, "largest_context"),
                largest(rows, "largest_output"),
                rows.stream().map(RecentUsage::slice).toList());
    }

    private static long largest(List<Row> rows, String column) {
        return rows.stream().mapToLong(row -> row.getLong(column)).max().orElse(0);
    }

    private static Usage.Slice slice(Row row) {
        return new Usage.Slice(
                orNull(row.getString("service_tier")),
                orNull(row.getString("region")),
                row.getLong("requests"),
                new Tokens(
                        row.getLong("input"),
                        row.getLong("cache_read"),
                        row.getLong("cache_write"),
                        row.getLong("cache_write_1h"),
                        row.getLong("output"),
                        row.getLong("reasoning"),
                        row.getLong("input_audio"),
                        row.getLong("output_audio"),
                        row.getLong("input_image"),
                        row.getLong("output_image")),
                Money.of(row.getBigDecimal("cost")),
                Money.of(row.getBigDecimal("fees")));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
