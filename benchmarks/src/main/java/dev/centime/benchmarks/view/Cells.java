package dev.centime.benchmarks.view;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** Hourly cells by model and project, written as the services write theirs: summed in memory, then one statement a page. */
final class Cells implements Projection {
    private record Key(String organization, long hour, String model, String project) {}

    private static final class Sums {
        private final Key key;
        private long calls;
        private long input;
        private long output;
        private BigDecimal cost = BigDecimal.ZERO;

        private Sums(Key key) {
            this.key = key;
        }

        private void add(Call call) {
            calls++;
            input += call.inputTokens();
            output += call.outputTokens();
            cost = cost.add(new BigDecimal(call.cost()));
        }
    }

    @Override
    public String name() {
        return "cells";
    }

    @Override
    public List<String> tables() {
        return List.of("cell");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(Call.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var cells = new HashMap<Key, Sums>();
        for (var event : page) {
            var call = (Call) event.payload();
            var key = new Key(event.stored().organization(), call.hour(), call.model(), call.project());
            cells.computeIfAbsent(key, Sums::new).add(call);
        }
        return view.connection()
                .preparedQuery("""
                        INSERT INTO %s AS c (partition, organization, hour, model, project, calls, input_tokens, output_tokens, cost)
                        SELECT $1, * FROM unnest(
                            $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::numeric[])
                        ON CONFLICT (partition, organization, hour, model, project) DO UPDATE SET
                            calls = c.calls + EXCLUDED.calls,
                            input_tokens = c.input_tokens + EXCLUDED.input_tokens,
                            output_tokens = c.output_tokens + EXCLUDED.output_tokens,
                            cost = c.cost + EXCLUDED.cost""".formatted(view.table("cell")))
                .execute(parameters(view.partition(), cells.values()))
                .replaceWithVoid();
    }

    private static Tuple parameters(int partition, Collection<Sums> cells) {
        return Tuple.from(List.of(
                partition,
                cells.stream().map(sums -> sums.key.organization).toArray(String[]::new),
                cells.stream().map(sums -> time(sums.key.hour)).toArray(OffsetDateTime[]::new),
                cells.stream().map(sums -> sums.key.model).toArray(String[]::new),
                cells.stream().map(sums -> sums.key.project).toArray(String[]::new),
                cells.stream().map(sums -> sums.calls).toArray(Long[]::new),
                cells.stream().map(sums -> sums.input).toArray(Long[]::new),
                cells.stream().map(sums -> sums.output).toArray(Long[]::new),
                cells.stream().map(sums -> sums.cost).toArray(BigDecimal[]::new)));
    }

    private static OffsetDateTime time(long hour) {
        return Instant.ofEpochSecond(hour * 3_600).atOffset(ZoneOffset.UTC);
    }
}
