package dev.centime.ingest.view.retention;

import dev.centime.contracts.Organization;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** When an organization's night is, and what is too old then. */
final class Nights {
    private static final LocalTime AT = LocalTime.of(4, 0);

    private Nights() {}

    /** The first four o'clock after an instant; on a day whose clocks skip it, when they have. */
    static Instant next(Instant after, Organization organization) {
        var day = today(after, organization);
        var due = at(day, organization);
        return due.isAfter(after) ? due : at(day.plusDays(1), organization);
    }

    /**
     * Calls made before it are older than the organization keeps them. The start of a day of UTC, since sums are of such days, and at or
     * before the organization's own midnight, so that it has no day less than its period says.
     */
    static Instant keptFrom(Instant night, Organization organization) {
        return today(night, organization)
                .minusDays(organization.detailRetentionDays())
                .atStartOfDay(organization.timeZone())
                .toInstant()
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
    }

    static LocalDate today(Instant at, Organization organization) {
        return at.atZone(organization.timeZone()).toLocalDate();
    }

    private static Instant at(LocalDate day, Organization organization) {
        return day.atTime(AT).atZone(organization.timeZone()).toInstant();
    }
}
