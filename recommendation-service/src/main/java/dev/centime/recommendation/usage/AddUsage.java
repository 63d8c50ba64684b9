package dev.centime.recommendation.usage;

import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Adds sums to places. */
final class AddUsage {
    private static final int TOKEN_KINDS = 10;

    private AddUsage() {}

    static Uni<Void> of(View view, Map<UsageKey, UsageSum> sums) {
        // Amounts go as text: the client's array of numerics would go through its own number type.
        var sql = """
                INSERT INTO %s AS known
                SELECT $1::int, given.*
                FROM (SELECT o, d, p, m, op, st, r, ca, rq, t1, t2, t3, t4, t5, t6, t7, t8, t9, lc, lo, c::numeric, f::numeric, t10
                      FROM unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                                  $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
                                  $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[],
                                  $21::bigint[], $22::bigint[], $23::text[], $24::text[])
                           AS g (o, d, p, m, op, st, r, ca, rq, t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, lc, lo, c, f)) AS given
                ON CONFLICT (partition, organization, day, provider, model, operation, service_tier, region, context_above)
                DO UPDATE SET
                    requests = known.requests + excluded.requests,
                    input = known.input + excluded.input,
                    cache_read = known.cache_read + excluded.cache_read,
                    cache_write = known.cache_write + excluded.cache_write,
                    cache_write_1h = known.cache_write_1h + excluded.cache_write_1h,
                    output = known.output + excluded.output,
                    reasoning = known.reasoning + excluded.reasoning,
                    input_audio = known.input_audio + excluded.input_audio,
                    output_audio = known.output_audio + excluded.output_audio,
                    input_image = known.input_image + excluded.input_image,
                    output_image = known.output_image + excluded.output_image,
                    largest_context = greatest(known.largest_context, excluded.largest_context),
                    largest_output = greatest(known.largest_output, excluded.largest_output),
                    cost = known.cost + excluded.cost,
                    fees = known.fees + excluded.fees
                """.formatted(view.table("usage"));
        return view.connection()
                .preparedQuery(sql)
                .execute(parameters(view.partition(), sums))
                .replaceWithVoid();
    }

    private static Tuple parameters(int partition, Map<UsageKey, UsageSum> sums) {
        var keys = sums.keySet();
        var values = sums.values();
        var tuple = Tuple.tuple()
                .addInteger(partition)
                .addArrayOfString(texts(keys, UsageKey::organization))
                .addArrayOfLocalDate(keys.stream().map(UsageKey::day).toArray(LocalDate[]::new))
                .addArrayOfString(texts(keys, UsageKey::provider))
                .addArrayOfString(texts(keys, UsageKey::model))
                .addArrayOfString(texts(keys, UsageKey::operation))
                .addArrayOfString(texts(keys, UsageKey::serviceTier))
                .addArrayOfString(texts(keys, UsageKey::region))
                .addArrayOfLong(longs(keys, UsageKey::contextAbove))
                .addArrayOfLong(longs(values, UsageSum::requests));
        for (int kind = 0; kind < TOKEN_KINDS; kind++) {
            int at = kind;
            tuple.addArrayOfLong(longs(values, sum -> sum.tokens()[at]));
        }
        return tuple.addArrayOfLong(longs(values, UsageSum::largestContext))
                .addArrayOfLong(longs(values, UsageSum::largestOutput))
                .addArrayOfString(texts(values, sum -> sum.cost().toString()))
                .addArrayOfString(texts(values, sum -> sum.fees().toString()));
    }

    private static <T> String[] texts(Collection<T> all, Function<T, String> part) {
        return all.stream().map(part).toArray(String[]::new);
    }

    private static <T> Long[] longs(Collection<T> all, ToLongFunction<T> part) {
        return all.stream().map(part::applyAsLong).toArray(Long[]::new);
    }
}
