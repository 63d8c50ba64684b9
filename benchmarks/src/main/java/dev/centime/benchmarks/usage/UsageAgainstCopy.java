package dev.centime.benchmarks.usage;

import dev.centime.benchmarks.Rate;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Row 2: usage through the gateway in batches of 500, one organization, at the highest load at which the views of all services keep
 * up, against {@code COPY} of the same event rows.
 *
 * <p>{@code [--seconds N] [--rate N]}: how long that load is kept up (300 unless said), and records a second to try first.
 */
public final class UsageAgainstCopy {
    private static final Duration STEP = Duration.ofSeconds(12);
    /** Until the compilers have seen what counts: a JVM that has just started takes half of what it takes later. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final double LATEST_SECONDS = 1;
    private static final double TAKEN_SHARE = 0.97;

    private final RunningCentime centime;
    private final SteadyLoad load;
    private final LagWatch lag;

    private UsageAgainstCopy(RunningCentime centime, SteadyLoad load, LagWatch lag) {
        this.centime = centime;
        this.load = load;
        this.lag = lag;
    }

    public static void main(String[] args) throws Exception {
        var seconds = option(args, "--seconds", 300);
        var firstRate = option(args, "--rate", 4_000);
        var vertx = Vertx.vertx();
        try (var centime = RunningCentime.up();
                var connection = centime.database();
                var lag = new LagWatch(centime.database())) {
            var benchmark = new UsageAgainstCopy(centime, new SteadyLoad(vertx, centime.port()), lag);
            benchmark.warmUp(firstRate);
            var highest = benchmark.highest(firstRate);
            var recorded = benchmark.keepUp(highest, Duration.ofSeconds(seconds));
            var copied = new CopyOfEvents(connection).measure();
            System.out.println(copied.line(copied));
            System.out.println(recorded.line(copied));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static int option(String[] args, String name, int otherwise) {
        int at = Arrays.asList(args).indexOf(name);
        return at < 0 ? otherwise : Integer.parseInt(args[at + 1]);
    }

    private void warmUp(double rate) throws InterruptedException {
        load.run(rate / 2, WARM_UP);
        lag.awaitNone();
    }

    /** As {@link #between}; what was too much then is tried again, since what has run for longer may take more. */
    private double highest(double rate) throws InterruptedException {
        double good = between(0, rate);
        for (double again = between(good, good * 1.1); again > good; again = between(good, good * 1.1)) {
            good = again;
        }
        return good;
    }

    /** Steps up by a quarter until it is too much, then between the last two. */
    private double between(double good, double next) throws InterruptedException {
        double tooMuch = 0;
        while (tooMuch == 0 || tooMuch / Math.max(good, 1) > 1.07) {
            if (keepsUp(next)) {
                good = next;
            } else {
                tooMuch = next;
            }
            next = tooMuch == 0 ? good * 1.25 : good == 0 ? tooMuch / 1.5 : (good + tooMuch) / 2;
        }
        return good;
    }

    private boolean keepsUp(double rate) throws InterruptedException {
        lag.p99Seconds();
        var outcome = load.run(rate, STEP);
        double late = lag.p99Seconds();
        boolean good =
                late < LATEST_SECONDS && outcome.refused() == 0 && outcome.taken() >= TAKEN_SHARE * outcome.offered();
        System.out.println(line(outcome, late) + (good ? "" : "  too much"));
        lag.awaitNone();
        return good;
    }

    private Rate keepUp(double rate, Duration length) throws Exception {
        System.out.printf("-- %.0f records a second for %d s%n", rate, length.toSeconds());
        lag.p99Seconds();
        var before = CpuTime.of(centime.processes());
        var outcome = load.run(rate, length);
        double late = lag.p99Seconds();
        lag.awaitNone();
        var after = CpuTime.of(centime.processes());
        System.out.println(line(outcome, late));
        System.out.println("processor time a record, µs: " + after.since(before, outcome.taken()));
        return new Rate("recorded through the gateway", new double[] {outcome.perSecond()});
    }

    private static String line(SteadyLoad.Outcome outcome, double lateSeconds) {
        return String.format(
                Locale.ROOT,
                "%7.0f/s of %7.0f/s   answers p50 %.0f ms, p99 %.0f ms   lag p99 %.2f s   refused %d",
                outcome.perSecond(),
                outcome.offered() / outcome.seconds(),
                outcome.latencies().quantile(0.5),
                outcome.latencies().quantile(0.99),
                lateSeconds,
                outcome.refused());
    }
}
