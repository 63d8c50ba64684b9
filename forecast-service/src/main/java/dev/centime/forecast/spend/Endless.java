package dev.centime.forecast.spend;

import dev.centime.contracts.Scope;
import dev.centime.kit.Problem;
import java.util.List;
import java.util.function.Function;

/** Whether a scope goes on: sessions and runs end, so they have no days to come, and no series is kept of them. */
public final class Endless {
    public static final String REASON = "must not be given: sessions and runs end, and have no days to come";

    private static final List<String> ENDING = List.of("session", "run");

    private Endless() {}

    /** @param problem for the dimension at fault */
    public static void check(Scope scope, Function<String, Problem> problem) {
        ENDING.stream().filter(scope.filters()::containsKey).findFirst().ifPresent(dimension -> {
            throw problem.apply(dimension);
        });
    }
}
