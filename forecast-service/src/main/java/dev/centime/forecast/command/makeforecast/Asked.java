package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forecast asked for, with all that was to be looked up.
 *
 * @param scope persons as subject ids
 * @param names the same with names, for the answer
 * @param limit null when there is none to compare with
 */
record Asked(
        String forecastId,
        Instant now,
        ZoneId zone,
        Scope scope,
        Map<String, List<String>> names,
        int days,
        double level,
        @Nullable Limit limit) {

    LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }
}
