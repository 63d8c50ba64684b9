package dev.centime.ingest.imports;

import dev.centime.contracts.Money;
import dev.centime.ingest.accept.file.Difference;
import java.util.List;

/** Reports of a single thing, to be added to others. */
final class Reports {
    private Reports() {}

    static ImportReport rejected(Rejection rejection) {
        return new ImportReport(0, 0, 0, 1, 0, 0, Money.ZERO, null, null, List.of(rejection), List.of(), List.of());
    }

    static ImportReport difference(Difference difference) {
        return new ImportReport(0, 0, 0, 0, 0, 0, Money.ZERO, null, null, List.of(), List.of(), List.of(difference));
    }

    static ImportReport passedOver(long repeated, long ignored) {
        return new ImportReport(0, repeated, 0, 0, ignored, 0, Money.ZERO, null, null, List.of(), List.of(), List.of());
    }
}
