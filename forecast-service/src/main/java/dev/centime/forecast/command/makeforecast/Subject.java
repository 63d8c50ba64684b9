package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a forecast is about.
 *
 * @param scope persons as subject ids
 * @param names the same with names, for the answer
 * @param limit null when there is none to compare with
 */
record Subject(
        Scope scope,
        Map<String, List<String>> names,
        @Nullable Limit limit) {}
