package dev.centime.budget.accept;

import dev.centime.contracts.Scope;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The scope of a budget: one or several values by dimension. */
final class ScopeBody {
    private static final Set<String> DIMENSIONS =
            Set.of("provider", "model", "project", "experiment", "session", "user", "operation", "run");
    private static final String TAG = "tag.";
    private static final int MAX_LENGTH = 256;

    private ScopeBody() {}

    static Scope read(Fields body) {
        var filters = new TreeMap<String, List<String>>();
        body.fields("scope").ifPresent(scope -> scope.names().forEach(dimension -> {
            if (!known(dimension)) {
                scope.wrong(
                        dimension,
                        "is no dimension: provider, model, project, experiment, session, user, operation, run or tag.KEY");
                return;
            }
            var values = scope.oneOrMore(dimension, MAX_LENGTH);
            if (!scope.has(dimension) || scope.isEmptyList(dimension)) {
                scope.wrong(dimension, "must have a value");
            }
            filters.put(dimension, values.orElse(List.of()).stream().distinct().toList());
        }));
        return new Scope(filters);
    }

    private static boolean known(String dimension) {
        return DIMENSIONS.contains(dimension)
                || dimension.startsWith(TAG)
                        && dimension.length() > TAG.length()
                        && dimension.length() <= MAX_LENGTH
                        && Fields.isClean(dimension);
    }
}
