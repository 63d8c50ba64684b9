package dev.centime.forecast.command.makeforecast;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A forecast asked for, with all that was to be looked up. */
record Asked(String forecastId, Instant now, ZoneId zone, Subject subject, int days, double level) {
    LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }
}
