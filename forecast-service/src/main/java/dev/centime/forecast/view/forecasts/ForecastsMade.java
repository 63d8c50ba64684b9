package dev.centime.forecast.view.forecasts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import dev.centime.forecast.event.ForecastMade;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Keeps every forecast as it was made. */
@ApplicationScoped
public class ForecastsMade implements Projection {
    private static final ObjectMapper JSON = Contracts.mapper();

    @Override
    public String name() {
        return "forecasts-made";
    }

    @Override
    public List<String> tables() {
        return List.of("forecast");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(ForecastMade.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var rows = page.stream().map(event -> row(view.partition(), event)).toList();
        return view.connection()
                .preparedQuery("""
                        INSERT INTO %s (partition, organization, forecast_id, generated_at, body)
                        VALUES ($1, $2, $3, $4, $5::text::jsonb) ON CONFLICT DO NOTHING
                        """.formatted(view.table("forecast")))
                .executeBatch(rows)
                .replaceWithVoid();
    }

    private static Tuple row(int partition, Event event) {
        var made = (ForecastMade) event.payload();
        return Tuple.of(
                partition,
                event.stored().organization(),
                made.forecast().forecastId(),
                made.forecast().generatedAt().atOffset(ZoneOffset.UTC),
                json(made));
    }

    private static String json(ForecastMade made) {
        try {
            return JSON.writeValueAsString(made);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written", e);
        }
    }
}
