package dev.centime.forecast.view.forecasts;

import dev.centime.contracts.Scope;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.event.ForecastMade;
import dev.centime.forecast.spend.DailySpend;
import dev.centime.forecast.spend.SpendDays;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /costs/forecasts/accuracy}. */
@Path("/api/v1/costs/forecasts/accuracy")
@Tag(name = "Forecasts")
public class ForecastAccuracyResource {
    private final CurrentCaller current;
    private final Query query;
    private final Organizations organizations;
    private final KeptForecasts kept;
    private final NamedScopes scopes;
    private final DailySpend spend;
    private final Clock clock;

    ForecastAccuracyResource(
            CurrentCaller current,
            Query query,
            Organizations organizations,
            KeptForecasts kept,
            NamedScopes scopes,
            DailySpend spend,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.organizations = organizations;
        this.kept = kept;
        this.scopes = scopes;
        this.spend = spend;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "How right the last forecasts were",
            description = "Looks at the newest forecasts, 50 unless limit says.")
    public Uni<ForecastAccuracy> accuracy() {
        var caller = current.get();
        var today = clock.instant().atZone(organizations.of(caller).timeZone()).toLocalDate();
        return kept.newest(caller, null, query.limit())
                .map(made -> made.stream()
                        .filter(each -> Score.possible(each.forecast(), today))
                        .toList())
                .chain(made -> scores(caller, made, today))
                .map(ForecastAccuracy::of);
    }

    private Uni<List<Score>> scores(Caller caller, List<ForecastMade> made, LocalDate today) {
        if (made.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.combine()
                .all()
                .unis(spent(caller, made, today), scopes.of(caller.oneOrganization(), made))
                .asTuple()
                .map(found -> scores(made, found.getItem1(), found.getItem2(), today));
    }

    private static List<Score> scores(
            List<ForecastMade> made, Map<Scope, SpendDays> spent, List<Forecast> named, LocalDate today) {
        return IntStream.range(0, made.size())
                .mapToObj(i ->
                        Score.of(named.get(i), spent.getOrDefault(made.get(i).scope(), SpendDays.NONE), today))
                .toList();
    }

    /** One read for each scope, one after the other: most forecasts are of the whole organization. */
    private Uni<Map<Scope, SpendDays>> spent(Caller caller, List<ForecastMade> made, LocalDate today) {
        var first = made.stream()
                .map(each -> each.forecast().points().getFirst().date())
                .min(LocalDate::compareTo)
                .orElse(today);
        var period = new Period(first, today, organizations.of(caller).timeZone());
        return Multi.createFrom()
                .iterable(made.stream().map(ForecastMade::scope).distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(
                        scope -> spend.of(caller, scope, period).map(days -> Map.entry(scope, days)))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
