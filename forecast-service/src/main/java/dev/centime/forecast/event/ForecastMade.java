package dev.centime.forecast.event;

import dev.centime.contracts.Scope;
import dev.centime.contracts.StoredAs;

/**
 * Somebody asked what will be spent, and this was the answer. Kept so that it can be scored once the days have come.
 *
 * @param scope what it is about, persons as subject ids
 * @param forecast the answer, its own scope left out
 */
@StoredAs(name = "forecast-made")
public record ForecastMade(Scope scope, Forecast forecast) {
    public ForecastMade {
        //noinspection ConstantValue: absent in JSON when empty
        scope = scope == null ? Scope.ORGANIZATION : scope;
    }

    /** As it is read from where the log holds it. */
    public ForecastMade of(String organization) {
        return new ForecastMade(scope, forecast.of(organization));
    }
}
