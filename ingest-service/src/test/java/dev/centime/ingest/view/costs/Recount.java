package dev.centime.ingest.view.costs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
            @Nullable String run,
            @Nullable String experiment,
            @Nullable String team,
            long input,
            long output,
            boolean failed,
            @Nullable BigDecimal estimated,
            @Nullable BigDecimal reported) {

        Call with(long moreInput, long moreOutput) {
            return new Call(
                    id,
                    at,
                    model,
                    project,
                    operation,
                    user,
                    session,
                    run,
                    experiment,
                    team,
                    input + moreInput,
                    output + moreOutput,
                    failed,
                    estimated,
                    reported);
        }

        /** What else is known of a call follows from its number. */
        @Nullable
        String phase() {
            return number() % 4 == 0 ? null : "phase-" + number() % 4;
        }

        @Nullable
        String milestone() {
            return number() % 5 == 0 ? null : 25 * (number() % 5) + "%";
        }

        @Nullable
        String complexity() {
            return switch (number() % 7) {
                case 0, 1 -> "low";
                case 2 -> "medium";
                case 3 -> "high";
                default -> null;
            };
        }

        @Nullable
        String task() {
            return number() % 3 == 0 ? "t" + number() % 150 : null;
        }

        @Nullable
        String prompt() {
            return number() % 3 == 1 ? "p" + number() % 100 : null;
        }

        @Nullable
        String retryOf() {
            return number() % 6 == 5 ? "c" + (number() + 1) : null;
        }

        private int number() {
            return Integer.parseInt(id.substring(1));
        }

        /** As it is sent. */
        String json() {
            var fields = new TreeMap<String, @Nullable String>();
            fields.put("project", project);
            fields.put("operation", operation);
            fields.put("user", user);
            fields.put("session", session);
            fields.put("run", run);
            fields.put("experiment", experiment);
            fields.put("prompt_fingerprint", prompt());
            fields.put("retry_of", retryOf());
            fields.put("estimated_cost", plain(estimated));
            fields.put("reported_cost", plain(reported));
            var texts = fields.entrySet().stream()
                    .map(field -> "\"%s\": %s".formatted(field.getKey(), text(field.getValue())))
                    .collect(Collectors.joining(", "));
            return """
                    {"id": "%s", "timestamp": "%s", "provider": "acme", "model": "%s", "input_tokens": %d, "output_tokens": %d,
                     "status": "%s", "tags": {"team": %s, "phase": %s, "milestone": %s, "complexity": %s, "task": %s}, %s}
                    """.formatted(
                            id,
                            at,
                            model,
                            input,
                            output,
                            failed ? "error" : "ok",
                            text(team),
                            text(phase()),
                            text(milestone()),
                            text(complexity()),
                            text(task()),
                            texts);
        }

        private static @Nullable String plain(@Nullable BigDecimal value) {
            return value == null ? null : value.toPlainString();
        }

        private static String text(@Nullable String value) {
            return value == null ? "null" : "\"" + value + "\"";
        }
    }

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

    /** Two figures set against each other, with how many calls have both, one, or nothing said. */
    record Compared(BigDecimal said, BigDecimal found, long both, long unpriced, long silent) {
        static final Compared NOTHING = new Compared(BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, 0);

        Compared plus(Compared more) {
            return new Compared(
                    said.add(more.said).stripTrailingZeros(),
                    found.add(more.found).stripTrailingZeros(),
                    both + more.both,
                    unpriced + more.unpriced,
                    silent + more.silent);
        }

        BigDecimal distance() {
            return said.subtract(found).abs();
        }

        private static Compared of(@Nullable BigDecimal said, @Nullable BigDecimal found) {
            if (said == null) {
                return new Compared(BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, 1);
            }
            return found == null
                    ? new Compared(BigDecimal.ZERO, BigDecimal.ZERO, 0, 1, 0)
                    : new Compared(said.stripTrailingZeros(), found.stripTrailingZeros(), 1, 0, 0);
        }
    }

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, List<Rate>> rates = new HashMap<>();

    /** The first of an id counts. */
    void add(Call call) {
        calls.putIfAbsent(call.id(), call);
    }

    /** A call counts with so many tokens more than before. @return it as it counts now */
    Call correct(String id, long input, long output) {
        return Objects.requireNonNull(calls.computeIfPresent(id, (_, call) -> call.with(input, output)));
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

    /** Estimates against costs, by key. */
    Map<String, Compared> estimated(Predicate<Call> wanted, Function<Call, @Nullable String> key) {
        return compared(wanted, key, call -> {
            var calculated = calculated(call);
            return Compared.of(call.estimated(), calculated == null ? call.reported() : calculated);
        });
    }

    /** Reported against calculated costs, by key. */
    Map<String, Compared> reported(Predicate<Call> wanted, Function<Call, @Nullable String> key) {
        return compared(wanted, key, call -> Compared.of(call.reported(), calculated(call)));
    }

    private Map<String, Compared> compared(
            Predicate<Call> wanted, Function<Call, @Nullable String> key, Function<Call, Compared> comparison) {
        var sums = new TreeMap<String, Compared>();
        calls.values().stream().filter(wanted).forEach(call -> {
            var value = key.apply(call);
            sums.merge(value == null ? "(none)" : value, comparison.apply(call), Compared::plus);
        });
        return sums;
    }

    /** One after the other, those of one instant as they came. */
    List<Call> inOrder(Predicate<Call> wanted) {
        return calls.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Call::at))
                .toList();
    }

    Sum of(Call call) {
        var calculated = calculated(call);
        var known = calculated == null ? call.reported() : calculated;
        return new Sum(
                known == null ? BigDecimal.ZERO : known.stripTrailingZeros(),
                1,
                known == null ? 1 : 0,
                call.input(),
                call.output(),
                call.failed() ? 1 : 0);
    }

    /** Null without a rate. */
    private @Nullable BigDecimal calculated(Call call) {
        Rate latest = null;
        for (var rate : rates.getOrDefault(call.model(), List.of())) {
            if (!rate.from().isAfter(call.at())
                    && (latest == null || rate.from().isAfter(latest.from()))) {
                latest = rate;
            }
        }
        return latest == null
                ? null
                : latest.input()
                        .multiply(BigDecimal.valueOf(call.input()))
                        .add(latest.output().multiply(BigDecimal.valueOf(call.output())))
                        .movePointLeft(6);
    }
}
