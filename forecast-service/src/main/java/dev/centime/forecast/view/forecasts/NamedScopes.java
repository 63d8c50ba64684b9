package dev.centime.forecast.view.forecasts;

import dev.centime.eventstore.log.Subjects;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.event.ForecastMade;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts names in the place of subject ids; someone whose name was erased stays an id. */
@ApplicationScoped
class NamedScopes {
    private static final String USER = "user";

    private final Subjects subjects;

    NamedScopes(Subjects subjects) {
        this.subjects = subjects;
    }

    Uni<List<Forecast>> of(String organization, List<ForecastMade> made) {
        var ids = made.stream()
                .flatMap(each -> each.scope().filters().getOrDefault(USER, List.of()).stream())
                .distinct()
                .toList();
        var names =
                ids.isEmpty() ? Uni.createFrom().item(Map.<String, String>of()) : subjects.namesOf(organization, ids);
        return names.map(known -> made.stream()
                .map(each -> each.forecast().about(named(each, known)))
                .toList());
    }

    private static Map<String, List<String>> named(ForecastMade made, Map<String, String> names) {
        var scope = new TreeMap<>(made.scope().filters());
        scope.computeIfPresent(USER, (user, ids) -> ids.stream()
                .map(id -> names.getOrDefault(id, id))
                .toList());
        return scope;
    }
}
