package dev.centime.forecast.view.forecasts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.forecast.event.ForecastMade;
import dev.centime.kit.Caller;
import dev.centime.kit.Filters;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads forecasts that were made: an administrator all of the organization's, a user those of his own spend, a platform admin over
 * all organizations those that are about no single person.
 */
@ApplicationScoped
class KeptForecasts {
    private static final ObjectMapper JSON = Contracts.mapper();
    private static final String SELECT = """
            SELECT organization, body::text AS body FROM forecast.forecast
            WHERE %s
              AND ($3::text[] IS NULL OR body -> 'scope' -> 'user' = to_jsonb($3::text[]))
              AND ($4::timestamptz IS NULL OR (generated_at, forecast_id) < ($4, $5))
              AND NOT ($6 AND coalesce(body -> 'scope' ?| ARRAY['user', 'session'], false))
            ORDER BY generated_at DESC, forecast_id DESC LIMIT $7
            """;

    private static final String OF_ONE = SELECT.formatted("partition = $1 AND organization = $2");
    private static final String OF_ALL = SELECT.formatted("$1::int IS NULL AND $2::text IS NOT NULL");

    private static final String USER = "user";

    private final EventLog log;
    private final EventTypes types;
    private final Tenants tenants;
    private final Filters filters;
    private final Organizations organizations;

    KeptForecasts(EventLog log, EventTypes types, Tenants tenants, Filters filters, Organizations organizations) {
        this.log = log;
        this.types = types;
        this.tenants = tenants;
        this.filters = filters;
        this.organizations = organizations;
    }

    /** From the log itself, so that a forecast is found the moment it is made. */
    Uni<Optional<ForecastMade>> find(Caller caller, String forecastId) {
        var organization = caller.oneOrganization();
        return Uni.combine()
                .all()
                .unis(visible(caller), log.find(organization, List.of(forecastId)))
                .asTuple()
                .map(found -> Optional.ofNullable(found.getItem2().get(forecastId))
                        .flatMap(types::decode)
                        .filter(ForecastMade.class::isInstance)
                        .map(ForecastMade.class::cast)
                        .map(made -> made.of(organization))
                        .filter(made -> !(hidden(caller) && Individuals.in(made.scope())))
                        .filter(made -> found.getItem1().filters().entrySet().stream()
                                .allMatch(own -> own.getValue()
                                        .equals(made.scope().filters().get(own.getKey())))));
    }

    /** Newest first. @param after null for the first page */
    Uni<List<ForecastMade>> newest(Caller caller, @Nullable PlaceInTime after, int limit) {
        return visible(caller)
                .chain(visible -> partition(caller)
                        .chain(partition -> tenants.with(caller, connection -> connection
                                .preparedQuery(partition == null ? OF_ALL : OF_ONE)
                                .execute(parameters(
                                        partition, caller.organization(), visible, after, limit, hidden(caller))))))
                .map(KeptForecasts::read);
    }

    private Uni<@Nullable Integer> partition(Caller caller) {
        return caller.allOrganizations()
                ? Uni.createFrom().nullItem()
                : log.partitionOf(caller.organization()).map(partition -> partition);
    }

    /** The filters that a forecast's scope must have for this caller to see it. */
    private Uni<Scope> visible(Caller caller) {
        return filters.within(Map.of(), caller);
    }

    private boolean hidden(Caller caller) {
        return caller.allOrganizations() || Individuals.hidden(caller, organizations.of(caller));
    }

    private static Tuple parameters(
            @Nullable Integer partition,
            String organization,
            Scope visible,
            @Nullable PlaceInTime after,
            int limit,
            boolean hidden) {
        var own = visible.filters().get(USER);
        return Tuple.tuple()
                .addInteger(partition)
                .addString(organization)
                .addArrayOfString(own == null ? null : own.toArray(String[]::new))
                .addOffsetDateTime(after == null ? null : after.at().atOffset(ZoneOffset.UTC))
                .addString(after == null ? null : after.id())
                .addBoolean(hidden)
                .addInteger(limit);
    }

    private static List<ForecastMade> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> read(row.getString("body")).of(row.getString("organization")))
                .toList();
    }

    private static ForecastMade read(String json) {
        try {
            return JSON.readValue(json, ForecastMade.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the view holds what the log held", e);
        }
    }
}
