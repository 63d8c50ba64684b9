package dev.centime.ingest.view.costs.question;

import dev.centime.kit.Period;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A period as it is answered. */
@Schema(name = "CostPeriod")
public record Days(LocalDate start, LocalDate end, String timeZone) {
    public static Days of(Period period) {
        return new Days(period.start(), period.end(), period.zone().getId());
    }
}
