package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do, as it is kept.
 *
 * @param organization null for all of them
 * @param end last day, null for no end
 * @param filter as it was asked for, with the names of people
 * @param scope the same with ids for names
 */
record RunOrder(
        @Nullable String organization,
        LocalDate start,
        @Nullable LocalDate end,
        Map<String, List<String>> filter,
        Scope scope,
        String reason,
        boolean dryRun) {

    RunOrder {
        //noinspection ConstantValue: absent in JSON when empty
        filter = filter == null ? Map.of() : filter;
        //noinspection ConstantValue
        scope = scope == null ? Scope.ORGANIZATION : scope;
    }
}
