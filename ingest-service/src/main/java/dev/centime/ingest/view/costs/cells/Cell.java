package dev.centime.ingest.view.costs.cells;

import static dev.centime.ingest.view.Contribution.keyed;

import dev.centime.ingest.view.Contribution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The key of a cell: when, who, what, and the day on which the log learned of it. */
record Cell(
        String organization,
        Instant bucket,
        String subject,
        String provider,
        String model,
        String project,
        String experiment,
        String operation,
        LocalDate knownOn) {

    private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();

    /** @param byUser whether the person is part of the key */
    static Cell quarter(Contribution contribution, boolean byUser) {
        var second = contribution.at().getEpochSecond();
        return of(contribution, Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER_SECONDS)), byUser);
    }

    /** The cell of the whole day that this one is in. */
    Cell day() {
        return new Cell(
                organization,
                bucket.truncatedTo(ChronoUnit.DAYS),
                subject,
                provider,
                model,
                project,
                experiment,
                operation,
                knownOn);
    }

    private static Cell of(Contribution contribution, Instant bucket, boolean byUser) {
        var attribution = contribution.attribution();
        return new Cell(
                contribution.stored().organization(),
                bucket,
                byUser ? keyed(attribution.subject()) : "",
                keyed(contribution.model().provider()),
                contribution.model().name(),
                keyed(attribution.project()),
                keyed(attribution.experiment()),
                keyed(attribution.operation()),
                knownOn(contribution));
    }

    /** The day of UTC on which the log learned of it. */
    static LocalDate knownOn(Contribution contribution) {
        return LocalDate.ofInstant(contribution.stored().recordedAt(), ZoneOffset.UTC);
    }
}
