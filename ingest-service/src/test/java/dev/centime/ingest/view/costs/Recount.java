package dev.centime.ingest.view.costs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Costs counted the slow and certain way: call by call, from what was sent. */
final class Recount {
    record Call(
            String id,
            Instant at,
            String model,
            @Nullable String project,
            @Nullable String operation,
            @Nullable String user,
            @Nullable String session,
            @Nullable String team,
            long input,
            long output,
            boolean failed) {}

    record Rate(Instant from, BigDecimal input, BigDecimal output) {}

    record Sum(BigDecimal cost, long requests, long unpriced, long input, long output, long errors) {
        static final Sum NOTHING = new Sum(BigDecimal.ZERO, 0, 0, 0, 0, 0);

        Sum plus(Sum more) {
            return new Sum(
                    cost.add(more.cost),
                    requests + more.requests,
                    unpriced + more.unpriced,
                    input + more.input,
                    output + more.output,
                    errors + more.errors);
        }
    }

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, List<Rate>> rates = new HashMap<>();

    /** The first of an id counts. */
    void add(Call call) {
        calls.putIfAbsent(call.id(), call);
    }

    /** A later rate of the same date takes the earlier one's place. */
    void rate(String model, Rate rate) {
        var known = rates.computeIfAbsent(model, _ -> new ArrayList<>());
        known.removeIf(old -> old.from().equals(rate.from()));
        known.add(rate);
    }

    Map<String, Sum> by(Predicate<Call> wanted, Function<Call, @Nullable String> key) {
        var sums = new TreeMap<String, Sum>();
        calls.values().stream().filter(wanted).forEach(call -> {
            var value = key.apply(call);
            sums.merge(value == null ? "(none)" : value, of(call), Sum::plus);
        });
        return sums;
    }

    Sum total(Predicate<Call> wanted) {
        return calls.values().stream().filter(wanted).map(this::of).reduce(Sum.NOTHING, Sum::plus);
    }

    private Sum of(Call call) {
        Rate latest = null;
        for (var rate : rates.getOrDefault(call.model(), List.of())) {
            if (!rate.from().isAfter(call.at())
                    && (latest == null || rate.from().isAfter(latest.from()))) {
                latest = rate;
            }
        }
        var cost = latest == null
                ? BigDecimal.ZERO
                : latest.input()
                        .multiply(BigDecimal.valueOf(call.input()))
                        .add(latest.output().multiply(BigDecimal.valueOf(call.output())))
                        .movePointLeft(6);
        return new Sum(
                cost.stripTrailingZeros(),
                1,
                latest == null ? 1 : 0,
                call.input(),
                call.output(),
                call.failed() ? 1 : 0);
    }
}
