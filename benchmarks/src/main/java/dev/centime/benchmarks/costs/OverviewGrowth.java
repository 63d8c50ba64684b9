package dev.centime.benchmarks.costs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.benchmarks.Patience;
import dev.centime.benchmarks.RunningService;
import dev.centime.contracts.Organization;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Row 6: what a dashboard asks ingest-service, over HTTP, in organizations with ever more calls in the same two years, beside
 * {@code GROUP BY} over a row a call. The zone is half an hour off, so that no day of it is a day of UTC.
 *
 * <p>{@code [SIZE…]}: numbers of calls, 10,000 100,000 1,000,000 unless said. With the server's data kept, calls of an earlier run are
 * not sent again.
 */
public final class OverviewGrowth {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 60;
    private static final int NAIVE_ROUNDS = 3;

    /** The overview's own three first. */
    private static final Map<String, List<String>> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put(
                "overview", List.of("/costs/summary", "/costs/history", "/costs/breakdown?dimension=model&limit=20"));
        QUESTIONS.put("history, a year by day", List.of("/costs/history?days=365"));
        QUESTIONS.put("analysis by project", List.of("/costs/analysis?group_by=project"));
        QUESTIONS.put("by user", List.of("/costs/breakdown?dimension=user"));
        QUESTIONS.put("by tag", List.of("/costs/breakdown?dimension=tag.team"));
        QUESTIONS.put("by model of a project", List.of("/costs/breakdown?dimension=model&project=project-3"));
        QUESTIONS.put("by session", List.of("/costs/breakdown?dimension=session"));
    }

    private final RunningService service;
    private final ObjectMapper json = new ObjectMapper();

    private OverviewGrowth(RunningService service) {
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        var sizes = arguments.length == 0
                ? new int[] {10_000, 100_000, 1_000_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        try (var service = new RunningService("ingest")) {
            var growth = new OverviewGrowth(service);
            for (var size : sizes) {
                growth.fill(size);
            }
            service.server().execute("VACUUM ANALYZE");
            for (var size : sizes) {
                growth.measure(size);
            }
        }
    }

    private static String organization(int size) {
        return "calls-" + size;
    }

    private void fill(int size) throws SQLException, IOException, InterruptedException {
        var name = organization(size);
        service.create(
                new Organization(name, name, ZONE, DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 3650),
                "/api/v1/costs/summary");
        if (folded(name) >= size) {
            return;
        }
        var started = System.nanoTime();
        var cost = new CallsOfTwoYears(service.log(), name, size, Instant.now()).append();
        var appended = System.nanoTime();
        Patience.await(name + " in the views", Duration.ofMillis(100)).until(() -> folded(name) >= size);
        System.out.printf(
                "%,d calls: appended in %.0f s, in the views after %.0f s%n",
                size, (appended - started) / 1e9, (System.nanoTime() - started) / 1e9);
        check(name, cost);
    }

    private long folded(String organization) throws SQLException {
        return service.server()
                .number("SELECT coalesce(sum(requests), 0)::bigint FROM ingest.value_day WHERE dimension = ''"
                        + " AND organization = '" + organization + "'");
    }

    /** Every call is in the answer, with its cost, or the figures are worth nothing. */
    private void check(String organization, BigDecimal cost) throws IOException, InterruptedException {
        var answer = json.readTree(service.send(
                service.request("/api/v1/costs/history?days=" + (CallsOfTwoYears.DAYS + 2), organization)
                        .build(),
                200));
        if (new BigDecimal(answer.get("total_cost").asText()).compareTo(cost) != 0) {
            throw new IllegalStateException(answer.get("total_cost") + " is not " + cost);
        }
    }

    private void measure(int size) throws SQLException, IOException, InterruptedException {
        var name = organization(size);
        System.out.printf(
                "%n%,d calls; GROUP BY over a row a call: %.0f ms an overview%n",
                size, new NaiveGroupBy(service.server(), name).overviewMs(Instant.now(), NAIVE_ROUNDS));
        for (var question : QUESTIONS.entrySet()) {
            var times = times(name, question.getValue());
            System.out.printf(
                    "  %-24s p50 %6.1f ms   p95 %6.1f ms%n",
                    question.getKey(), times[times.length / 2], times[(int) (0.95 * times.length)]);
        }
    }

    /** Sorted, in milliseconds; the questions of a round one after the other. */
    private double[] times(String organization, List<String> paths) throws IOException, InterruptedException {
        var times = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double ms = 0;
            for (var path : paths) {
                var request = service.request("/api/v1" + path, organization).build();
                var started = System.nanoTime();
                service.send(request, 200);
                ms += (System.nanoTime() - started) / 1e6;
            }
            if (round >= 0) {
                times[round] = ms;
            }
        }
        Arrays.sort(times);
        return times;
    }
}
