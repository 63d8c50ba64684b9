package dev.centime.benchmarks.costs;

import dev.centime.benchmarks.RunningService;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Row 6: what a dashboard asks ingest-service, over HTTP, in organizations with ever more calls in the same two years, beside
 * {@code GROUP BY} over a row a call.
 *
 * <p>{@code [--folded N] [SIZE…]}: numbers of calls, 10,000 100,000 1,000,000 unless said. Up to N calls (1,000,000) go through the log;
 * of more, which are a multiple of N, the views are copies of those of the N ({@link GrownViews}). With the server's data kept, calls of an
 * earlier run are not sent again.
 */
public final class OverviewGrowth {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 60;
    private static final int NAIVE_ROUNDS = 3;

    /** A question that takes its time is asked less often, but not less often than tells of its slowest answers. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int FEWEST_ROUNDS = 20;

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
    private final Sizes sizes;
    private final Map<Integer, Times> overviews = new LinkedHashMap<>();

    private OverviewGrowth(RunningService service, Sizes sizes) {
        this.service = service;
        this.sizes = sizes;
    }

    public static void main(String[] arguments) throws Exception {
        var sizes = Sizes.of(arguments);
        try (var service = new RunningService("ingest")) {
            var growth = new OverviewGrowth(service, sizes);
            growth.fill();
            growth.measure();
            growth.compare();
        }
    }

    private void fill() throws Exception {
        var organizations = new FilledOrganizations(service);
        if (!sizes.grown().isEmpty()) {
            GrownViews.withoutWriteAheadLog(service.server());
        }
        for (var size : sizes.folded()) {
            organizations.fold(size);
        }
        service.server().execute("VACUUM ANALYZE");
        for (var size : sizes.grown()) {
            organizations.grow(size, sizes.real());
        }
        for (var size : sizes.measured()) {
            organizations.check(size);
        }
    }

    private void measure() throws SQLException, IOException, InterruptedException {
        // Or the first organization would be the slowest, asked of a service that has yet to be compiled.
        for (var paths : QUESTIONS.values()) {
            rounds(FilledOrganizations.name(sizes.yardstick()), paths, ROUNDS, FEWEST_ROUNDS);
        }
        for (var size : sizes.measured()) {
            var name = FilledOrganizations.name(size);
            System.out.printf(
                    "%n%,d calls; GROUP BY over a row a call: %.0f ms an overview%n",
                    size, new NaiveGroupBy(service.server(), name).overviewMs(Instant.now(), NAIVE_ROUNDS));
            for (var question : QUESTIONS.entrySet()) {
                rounds(name, question.getValue(), WARM_UP, 1);
                var times = rounds(name, question.getValue(), ROUNDS, FEWEST_ROUNDS);
                overviews.putIfAbsent(size, times);
                System.out.printf(
                        "  %-24s p50 %8.1f ms   p95 %8.1f ms   of %d%n",
                        question.getKey(), times.median(), times.p95(), times.sortedMs().length);
            }
        }
    }

    private void compare() {
        var yardstick = Objects.requireNonNull(overviews.get(sizes.yardstick()));
        System.out.printf("%nThe overview against that of %,d calls%n", sizes.yardstick());
        overviews.forEach((size, times) -> System.out.printf(
                "  %,12d calls: %.2f times at p50, %.2f times at p95%n",
                size, times.median() / yardstick.median(), times.p95() / yardstick.p95()));
    }

    /** The questions of a round one after the other. @param fewest rounds, however long they take */
    private Times rounds(String organization, List<String> paths, int most, int fewest)
            throws IOException, InterruptedException {
        var times = new double[most];
        var deadline = System.nanoTime() + LONGEST.toNanos();
        int round = 0;
        while (round < fewest || round < most && System.nanoTime() < deadline) {
            for (var path : paths) {
                var request = service.request("/api/v1" + path, organization).build();
                var started = System.nanoTime();
                service.send(request, 200);
                times[round] += (System.nanoTime() - started) / 1e6;
            }
            round++;
        }
        return Times.of(Arrays.copyOf(times, round));
    }

    /** How long the rounds took. */
    private record Times(double[] sortedMs) {
        static Times of(double[] ms) {
            Arrays.sort(ms);
            return new Times(ms);
        }

        double median() {
            return sortedMs[sortedMs.length / 2];
        }

        double p95() {
            return sortedMs[(int) (0.95 * sortedMs.length)];
        }
    }
}
