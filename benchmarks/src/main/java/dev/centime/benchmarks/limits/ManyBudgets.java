package dev.centime.benchmarks.limits;

import dev.centime.benchmarks.DurableServer;
import dev.centime.benchmarks.Patience;
import dev.centime.benchmarks.ServiceProcess;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * What many budgets cost: memory, start, and the time from a record's commit to its alert's, by the log's own clock. The service runs as
 * the launcher would run it.
 *
 * <p>{@code [ORGANIZATIONS [BUDGETS [CALLS-A-SECOND]]]}: 10,000 with 100 each, and 100 calls a second unless said, each of another
 * organization and reaching its first threshold. With {@code CENTIME_BENCH_DATA} a log that was filled is used again.
 */
public final class ManyBudgets {
    private static final String[] AS_LAUNCHED = {
        "-Xmx128m", "-Xms24m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError"
    };
    private static final EventTypes TYPES = types();
    private static final int FIRST_SECONDS = 10;
    private static final int SECONDS = 30;
    private static final int ASKED = 1_500;
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final String BEHIND = """
            SELECT count(*) FROM budget.projection_position p JOIN log.head h USING (partition)
            WHERE p.serving AND p.up_to < log.head_of(h.partition)
            """;
    private static final String ALERTED =
            "SELECT count(*) FROM log.event WHERE type = 'alert-raised' AND recorded_at >= '%s'";
    private static final String TOOK = """
            SELECT (1000 * extract(epoch FROM percentile_disc(%s) WITHIN GROUP (ORDER BY a.recorded_at - u.recorded_at)))::bigint
            FROM log.event a JOIN log.event u USING (partition, organization)
            WHERE a.type = 'alert-raised' AND a.recorded_at >= '%s' AND u.type = 'usage-recorded' AND u.recorded_at >= '%s'
            """;

    private final DurableServer server;
    private final int organizations;
    private final int perSecond;

    private ManyBudgets(DurableServer server, int organizations, int perSecond) {
        this.server = server;
        this.organizations = organizations;
        this.perSecond = perSecond;
    }

    public static void main(String[] args) throws Exception {
        int organizations = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int each = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        int perSecond = args.length > 2 ? Integer.parseInt(args[2]) : 100;
        try (var server = new DurableServer("budget")) {
            var many = new ManyBudgets(server, organizations, perSecond);
            if (server.number("SELECT count(*) FROM log.organization") == 1) {
                var begun = System.nanoTime();
                new FilledBudgets(server, organizations, each).fill();
                System.out.printf("the log is filled after %.0f s%n", since(begun));
            }
            many.fold();
            many.measure();
        }
    }

    /** The first start folds whatever the views lack. */
    private void fold() throws Exception {
        var begun = System.nanoTime();
        try (var service = new ServiceProcess("budget", server, AS_LAUNCHED)) {
            awaitZero(BEHIND);
            System.out.printf(
                    "%,d budgets of %,d organizations stand in the view after %.0f s%n",
                    server.number("SELECT count(*) FROM budget.budget"), organizations, since(begun));
        }
        server.execute("VACUUM ANALYZE budget.budget");
    }

    private void measure() throws Exception {
        try (var service = new ServiceProcess("budget", server, AS_LAUNCHED)) {
            System.out.printf("ready after %.1f s%n", service.readyAfter().toMillis() / 1e3);
            memory("started", service);
            alerts();
            memory("after the alerts", service);
            checks(service);
            memory("after checks", service);
        }
    }

    private static void memory(String when, ServiceProcess service) throws IOException, InterruptedException {
        System.out.printf(
                "%s: %.1f MB alive on the heap, %d MB resident%n", when, service.liveHeapMb(), service.residentMb());
    }

    /** At first the service's code is not compiled yet, and alerts come later: told apart, since it is so once after each start. */
    private void alerts() throws Exception {
        var log = PostgresEventLog.on(
                server.pool("centime_budget", 8), LogSettings.defaults(), new SimpleMeterRegistry());
        int first = Math.min(organizations / 3, perSecond * FIRST_SECONDS);
        calls(log, 0, first);
        calls(log, first, Math.min(organizations, first + perSecond * SECONDS));
    }

    /** One call after the other, evenly, each of another organization. */
    private void calls(EventLog log, int from, int to) throws Exception {
        var since = Instant.now().minusMillis(1);
        var begun = System.nanoTime();
        for (int call = from; call < to; call++) {
            long due = begun + (long) ((call - from) * 1e9 / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            append(log, "o-" + (1 + (int) (call * 7_919L % organizations)));
        }
        awaitZero("SELECT " + (to - from) + " - (" + ALERTED.formatted(since) + ")");
        System.out.printf(
                "%,d calls at %d a second, from the record's commit to its alert's: p50 %d ms, p99 %d ms, longest %d ms%n",
                to - from, perSecond, took("0.5", since), took("0.99", since), took("1", since));
    }

    private static void append(EventLog log, String organization) {
        log.append(organization, List.of(call()))
                .subscribe()
                .with(done -> {}, failure -> System.err.println("not recorded: " + failure));
    }

    private static EventTypes types() {
        var stored = UsageRecorded.class.getAnnotation(StoredAs.class);
        return EventTypes.with(Contracts.mapper())
                .add(UsageRecorded.class, stored.name(), stored.version())
                .build();
    }

    private static NewEvent call() {
        var id = UUID.randomUUID().toString();
        var usage = new UsageRecorded(
                id,
                Instant.now(),
                new Model("anthropic", "m-7", null, null),
                new Attribution("u-7", null, null, null, null, null, Map.of()),
                Tokens.of(1_000, 100),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                // 80 % of the budget over everything, and far below any other.
                Cost.reported(Money.of("8.5")),
                new UsageRecorded.Provenance("bench", null, null, null, List.of(), null, null, null, null, null),
                0);
        return TYPES.encode(id, usage.timestamp(), usage, Map.of(), Set.of());
    }

    private long took(String share, Instant since) throws SQLException {
        return server.number(TOOK.formatted(share, since, since));
    }

    /** Of so many organizations that not all of them can be kept in memory. */
    private void checks(ServiceProcess service) throws InterruptedException {
        var begun = System.nanoTime();
        int asked = Math.min(ASKED, organizations);
        for (int organization = 1; organization <= asked; organization++) {
            var token = "Bearer " + TestTokens.orgAdminToken("o-" + organization);
            if (service.status("/api/v1/analytics/check-limit?user=anybody", token) != 200) {
                throw new IllegalStateException("o-" + organization + " is not answered");
            }
        }
        System.out.printf(
                "checks of %,d organizations, each asked about for the first time: %.1f ms each%n",
                asked, since(begun) * 1e3 / asked);
    }

    private void awaitZero(String number) {
        Patience.await(number, Duration.ofMillis(200)).atMost(LONGEST).until(() -> server.number(number) == 0);
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
