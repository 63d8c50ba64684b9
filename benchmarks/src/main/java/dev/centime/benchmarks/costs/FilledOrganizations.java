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

/**
 * Organizations with so many calls, in a zone half an hour off, so that no day of it is a day of UTC. One that an earlier run has filled,
 * where the server's data was kept, is left as it is.
 */
final class FilledOrganizations {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

    /** What a call takes of the disk, with all that is made of it; and room for the server's own log. */
    private static final long BYTES_A_CALL = 5_500;

    private static final long SPARE_BYTES = 3L << 30;

    private final RunningService service;
    private final ObjectMapper json = new ObjectMapper();

    FilledOrganizations(RunningService service) {
        this.service = service;
    }

    static String name(int size) {
        return "calls-" + size;
    }

    /** Sends its calls through the log; returns when they are in the views. */
    void fold(int size) throws SQLException, IOException, InterruptedException {
        if (exists(size)) {
            return;
        }
        service.server().requireRoom(size * BYTES_A_CALL + SPARE_BYTES, "Folding %,d calls".formatted(size));
        var name = name(size);
        var started = System.nanoTime();
        var cost = new CallsOfTwoYears(service.log(), name, size, Instant.now()).append();
        var appended = System.nanoTime();
        Patience.await(name + " in the views", Duration.ofMillis(100))
                .until(() -> calls(name) >= size && settled(name));
        System.out.printf(
                "%,d calls: appended in %.0f s, in the views after %.0f s%n",
                size, (appended - started) / 1e9, (System.nanoTime() - started) / 1e9);
        if (total(name).compareTo(cost) != 0) {
            throw new IllegalStateException(total(name) + " is not " + cost);
        }
    }

    /** Copies the views of a smaller one, which was folded. @param real its calls, of which {@code size} is a multiple */
    void grow(int size, int real) throws Exception {
        if (exists(size)) {
            return;
        }
        int times = size / real;
        System.out.printf(
                "%n%,d calls: the log holds %,d of them; the views that are read hold %d copies%n", size, real, times);
        var started = System.nanoTime();
        var views = new GrownViews(Copies.of(service.server(), name(real), name(size), times));
        views.grow();
        System.out.println("  checked:");
        views.check();
        System.out.printf("%,d calls: copied and checked in %.0f s%n", size, (System.nanoTime() - started) / 1e9);
    }

    /** Every call is in the answers, with its cost, or the figures are worth nothing. */
    void check(int size) throws SQLException, IOException, InterruptedException {
        var name = name(size);
        var naive = new BigDecimal(service.server()
                .text("SELECT coalesce(sum(total_cost), 0) FROM ingest.usage_detail WHERE organization = '" + name
                        + "'"));
        if (total(name).compareTo(naive) != 0 || calls(name) != size) {
            throw new IllegalStateException(
                    "%s for %,d calls is not %s for %,d".formatted(total(name), calls(name), naive, size));
        }
    }

    private boolean exists(int size) throws SQLException, InterruptedException {
        var name = name(size);
        service.create(
                new Organization(name, name, ZONE, DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 3650),
                "/api/v1/costs/summary");
        return calls(name) >= size;
    }

    private long calls(String organization) throws SQLException {
        return service.server()
                .number("SELECT coalesce(sum(requests), 0)::bigint FROM ingest.value_day WHERE dimension = ''"
                        + " AND organization = '" + organization + "'");
    }

    /** Each of the views that a cost is read from has come as far as the others. */
    private boolean settled(String organization) throws SQLException {
        return service.server()
                        .number(
                                "SELECT count(DISTINCT up_to) FROM ingest.projection_position JOIN log.organization USING (partition)"
                                        + " WHERE organization = '" + organization
                                        + "' AND projection IN ('cost-cells', 'calls', 'sessions') AND serving")
                == 1;
    }

    private BigDecimal total(String organization) throws IOException, InterruptedException {
        var answer = json.readTree(service.send(
                service.request("/api/v1/costs/history?days=" + (CallsOfTwoYears.DAYS + 2), organization)
                        .build(),
                200));
        return new BigDecimal(answer.get("total_cost").asText());
    }
}
