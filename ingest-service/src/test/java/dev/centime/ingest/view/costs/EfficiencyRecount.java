package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.view.costs.Recount.Call;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /costs/efficiency} against a recount, call by call. */
final class EfficiencyRecount {
    private static final int ENOUGH_CALLS = 20;

    private final Api api;
    private final Recount recount;
    private final ZoneId zone;

    EfficiencyRecount(Api api, Recount recount, ZoneId zone) {
        this.api = api;
        this.recount = recount;
        this.zone = zone;
    }

    /** How many tokens calls of a kind have at most as a rule. */
    private record Usual(BigInteger most, BigInteger mostIn) {}

    /** Everything that can be recounted, by its place in the answer. */
    void compare(String query, Predicate<Call> wanted) {
        var calls = recount.inOrder(wanted);
        var expected = new TreeMap<String, String>();
        totals(calls, expected);
        groups(calls, Call::phase, "/phase_breakdown", "/without_phase", expected);
        groups(calls, Call::milestone, "/milestone_costs", "/without_milestone", expected);
        waste(calls, expected);
        heat(calls, expected);

        var answer = api.get("/costs/efficiency?" + query);
        var shown = new TreeMap<String, String>();
        expected.keySet().forEach(place -> shown.put(place, text(answer.at(place))));
        assertThat(shown).as(query).isEqualTo(expected);
        assertThat(names(answer.get("phase_breakdown"))).isEqualTo(values(calls, Call::phase));
        assertThat(names(answer.get("milestone_costs"))).isEqualTo(values(calls, Call::milestone));
        assertThat(names(answer.at("/token_analytics/by_model"))).isEqualTo(values(calls, Call::model));
        sessions(answer.get("phase_breakdown"), calls);
    }

    private void totals(List<Call> calls, Map<String, String> expected) {
        expected.put("/total_tasks", String.valueOf(calls.size()));
        expected.put("/total_cost", plain(cost(calls)));
        expected.put(
                "/unpriced_requests",
                String.valueOf(calls.stream()
                        .filter(call -> recount.of(call).unpriced() > 0)
                        .count()));
        expected.put("/project_totals/total_spent", plain(cost(calls)));
        expected.put("/token_analytics/total_tokens_in", String.valueOf(sum(calls, Call::input)));
        expected.put("/token_analytics/total_tokens_out", String.valueOf(sum(calls, Call::output)));
        by(calls, Call::model).forEach((model, own) -> {
            expected.put("/token_analytics/by_model/" + model + "/tokens_in", String.valueOf(sum(own, Call::input)));
            expected.put("/token_analytics/by_model/" + model + "/tokens_out", String.valueOf(sum(own, Call::output)));
        });
        by(calls, call -> call.at().atZone(zone).toLocalDate().toString()).values().stream()
                .map(this::cost)
                .max(BigDecimal::compareTo)
                .ifPresent(most -> expected.put("/alerts/1/value", plain(most)));
    }

    private void groups(
            List<Call> calls,
            Function<Call, @Nullable String> key,
            String place,
            String rest,
            Map<String, String> expected) {
        by(calls, key).forEach((name, own) -> {
            var at = name.isEmpty() ? rest : place + "/" + name;
            expected.put(at + "/total_cost", plain(cost(own)));
            expected.put(at + "/task_count", String.valueOf(own.size()));
            expected.put(
                    at + "/avg_cost_per_task",
                    plain(cost(own).divide(BigDecimal.valueOf(own.size()), 12, RoundingMode.HALF_EVEN)));
        });
    }

    private void sessions(JsonNode phases, List<Call> calls) {
        by(calls, Call::phase).forEach((phase, own) -> {
            if (!phase.isEmpty()) {
                var named = new ArrayList<String>();
                phases.get(phase).get("sessions").forEach(session -> named.add(session.asText()));
                assertThat(named).containsExactlyElementsOf(values(own, Call::session));
                assertThat(phases.get(phase).get("session_count").asInt()).isEqualTo(named.size());
            }
        });
    }

    private void waste(List<Call> calls, Map<String, String> expected) {
        var usual = usual(calls);
        var retried = calls.stream().map(Call::retryOf).filter(Objects::nonNull).collect(Collectors.toSet());
        var again = new HashSet<Call>();
        var before = new HashSet<Call>();
        by(calls, EfficiencyRecount::task).forEach((task, same) -> {
            if (!task.isEmpty()) {
                same.forEach(call -> {
                    var place = same.indexOf(call);
                    if (place < same.size() - 1) {
                        again.add(call);
                    }
                    if (same.subList(0, place).stream().anyMatch(earlier -> !earlier.failed())) {
                        before.add(call);
                    }
                });
            }
        });
        var wasted = new HashMap<String, List<BigDecimal>>();
        for (var call : calls) {
            var most = usual.get(kind(call));
            if (retried.contains(call.id()) || call.failed() && again.contains(call)) {
                add(wasted, "failed_attempts", recount.of(call).cost());
            } else if (!call.failed() && before.contains(call)) {
                add(wasted, "redundant_tasks", recount.of(call).cost());
            } else if (most != null && tokens(call).compareTo(most.most()) > 0) {
                add(wasted, "over_engineered", beyond(call, most.most()));
            }
        }
        // What nothing is known of is null, not nothing.
        var told = calls.stream().anyMatch(call -> !task(call).isEmpty());
        var failures = calls.stream().anyMatch(Call::failed);
        var all = new ArrayList<BigDecimal>();
        known(told, "redundant_tasks", wasted, expected, all);
        known(!usual.isEmpty(), "over_engineered", wasted, expected, all);
        known(told || !retried.isEmpty() || !failures && !calls.isEmpty(), "failed_attempts", wasted, expected, all);
        expected.put(
                "/efficiency_analysis/total_waste_cost",
                all.isEmpty() ? "null" : plain(all.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        opportunities(calls, usual, expected);
    }

    private void opportunities(List<Call> calls, Map<List<String>, Usual> usual, Map<String, String> expected) {
        Predicate<Call> alike = call -> call.session() != null
                && (call.operation() != null || call.milestone() != null || call.complexity() != null);
        var together = calls.stream()
                .filter(alike.and(call -> !call.failed()))
                .collect(Collectors.groupingBy(call -> kind(call)
                        + call.session()
                        + call.milestone()
                        + call.at().truncatedTo(ChronoUnit.MINUTES)))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .flatMap(Collection::stream)
                .toList();
        tasks("batch_processing", calls.stream().anyMatch(alike), together, expected);
        var longPrompts = calls.stream()
                .filter(call -> usual.containsKey(kind(call))
                        && BigInteger.valueOf(call.input())
                                        .compareTo(usual.get(kind(call)).mostIn())
                                > 0)
                .toList();
        tasks("prompt_optimization", !usual.isEmpty(), longPrompts, expected);
    }

    private void tasks(String name, boolean known, List<Call> calls, Map<String, String> expected) {
        var place = "/efficiency_analysis/optimization_opportunities/" + name;
        expected.put(place + (known ? "/tasks" : ""), known ? String.valueOf(calls.size()) : "null");
        if (known) {
            expected.put(place + "/cost", plain(cost(calls)));
        }
    }

    private static void known(
            boolean known,
            String name,
            Map<String, List<BigDecimal>> wasted,
            Map<String, String> expected,
            List<BigDecimal> all) {
        var place = "/efficiency_analysis/waste_by_category/" + name;
        if (!known) {
            expected.put(place, "null");
            return;
        }
        var costs = wasted.getOrDefault(name, List.of());
        var cost = costs.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        expected.put(place + "/tasks", String.valueOf(costs.size()));
        expected.put(place + "/cost", plain(cost));
        all.add(cost);
    }

    private void heat(List<Call> calls, Map<String, String> expected) {
        var priced =
                calls.stream().filter(call -> recount.of(call).unpriced() == 0).toList();
        var rows = by(priced, Call::complexity);
        var row = 0;
        for (var complexity : List.of("low", "medium", "high", "")) {
            if (!rows.containsKey(complexity)) {
                continue;
            }
            for (int column = 0; column < 4; column++) {
                var place = "/task_heat_map/rows/" + row + "/cells/" + column;
                var wanted = column;
                var own = rows.get(complexity).stream()
                        .filter(call -> column(call) == wanted)
                        .toList();
                expected.put(place + "/tasks", String.valueOf(own.size()));
                expected.put(place + "/cost", plain(cost(own)));
            }
            expected.put("/task_heat_map/rows/" + row + "/complexity", complexity.isEmpty() ? "null" : complexity);
            row++;
        }
    }

    private int column(Call call) {
        var cost = recount.of(call).cost();
        return cost.compareTo(new BigDecimal("0.01")) < 0
                ? 0
                : cost.compareTo(new BigDecimal("0.1")) <= 0 ? 1 : cost.compareTo(BigDecimal.ONE) <= 0 ? 2 : 3;
    }

    private static Map<List<String>, Usual> usual(List<Call> calls) {
        var usual = new HashMap<List<String>, Usual>();
        calls.stream()
                .filter(call -> !call.failed() && tokens(call).signum() > 0)
                .collect(Collectors.groupingBy(EfficiencyRecount::kind))
                .forEach((kind, own) -> {
                    if (own.size() >= ENOUGH_CALLS) {
                        usual.put(
                                kind,
                                new Usual(most(own, call -> call.input() + call.output()), most(own, Call::input)));
                    }
                });
        return usual;
    }

    /** As far above the third quartile as twice the quartiles lie apart, by factors; at least twice the median. */
    private static BigInteger most(List<Call> calls, ToLongFunction<Call> tokens) {
        var sorted = calls.stream().mapToLong(tokens).sorted().toArray();
        var first = BigInteger.valueOf(Math.max(1, quartile(sorted, 1)));
        var third = BigInteger.valueOf(quartile(sorted, 3));
        return third.pow(3).divide(first.pow(2)).max(BigInteger.valueOf(2 * quartile(sorted, 2)));
    }

    private static long quartile(long[] sorted, int which) {
        return sorted[Math.ceilDiv(which * sorted.length, 4) - 1];
    }

    private BigDecimal beyond(Call call, BigInteger most) {
        var tokens = new BigDecimal(tokens(call));
        return recount.of(call)
                .cost()
                .multiply(tokens.subtract(new BigDecimal(most)))
                .divide(tokens, 40, RoundingMode.HALF_UP)
                .setScale(12, RoundingMode.HALF_UP);
    }

    private static BigInteger tokens(Call call) {
        return BigInteger.valueOf(call.input() + call.output());
    }

    private static List<String> kind(Call call) {
        return List.of(call.model(), orEmpty(call.operation()), orEmpty(call.complexity()));
    }

    private static String task(Call call) {
        return call.task() != null ? "task " + call.task() : call.prompt() != null ? call.model() + call.prompt() : "";
    }

    private static void add(Map<String, List<BigDecimal>> wasted, String category, BigDecimal cost) {
        wasted.computeIfAbsent(category, _ -> new ArrayList<>()).add(cost);
    }

    private static Map<String, List<Call>> by(List<Call> calls, Function<Call, @Nullable String> key) {
        return calls.stream()
                .collect(Collectors.groupingBy(call -> orEmpty(key.apply(call)), TreeMap::new, Collectors.toList()));
    }

    private static Set<String> values(List<Call> calls, Function<Call, @Nullable String> key) {
        var values = new java.util.TreeSet<>(by(calls, key).keySet());
        values.remove("");
        return values;
    }

    private static Set<String> names(JsonNode object) {
        var names = new java.util.TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private BigDecimal cost(List<Call> calls) {
        return calls.stream().map(call -> recount.of(call).cost()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long sum(List<Call> calls, ToLongFunction<Call> figure) {
        return calls.stream().mapToLong(figure).sum();
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String text(JsonNode node) {
        return node.asText();
    }

    private static String plain(BigDecimal cost) {
        return cost.signum() == 0 ? "0" : cost.stripTrailingZeros().toPlainString();
    }
}
